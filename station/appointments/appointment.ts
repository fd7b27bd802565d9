import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { foldCode } from "../../lib/typed-code.ts";
import { type TopicId, topicIdSchema } from "../../protocol/model/ids.ts";
import { LANGUAGES, type Language } from "../../protocol/model/language.ts";
import { languageSchema } from "../../protocol/model/language-schema.ts";
import { instantSchema } from "../../protocol/model/ticket.ts";
import type { DateOrder } from "./read-time.ts";

/** One booking as a list tells it. Names, mails and notes in the list are never read further than this. */
export interface Appointment {
	/** What stays the same when the booking is moved: a calendar's UID and RECURRENCE-ID, a table's folded code. */
	source: string;
	code: string;
	/** UTC milliseconds. */
	at: number;
	topic: TopicId;
	language: Language | null;
	partySize: number;
}

/** A place in a list, and what is said of it. */
export interface Remark {
	place: string;
	what: string;
}

/** What a list says. A list is read whole or refused whole. */
export interface AppointmentList {
	appointments: Appointment[];
	/** Bookings that the list cancels, by their source. */
	cancelled: { source: string; place: string }[];
	/** Times that an event which repeats leaves out: withdrawn where they were booked before. */
	excluded: string[];
	/** What is no booking, such as an all-day event, and was left out. */
	skipped: Remark[];
	/** What was read as something near it, such as zh-CN as zh-Hans. */
	notes: Remark[];
	/** Codes that were made for bookings that had none that a person can type: to be printed and handed out. */
	madeCodes: { code: string; at: number; topic: TopicId }[];
}

/** What a reader must know of the site. */
export interface ListSite {
	/** IANA zone, for times that name none. */
	timezone: string;
	/** The topics that the site offers. */
	topicIds: readonly TopicId[];
	/** How days in figures are to be read where their order cannot be told. */
	dateOrder?: DateOrder | undefined;
}

/** Characters of a code that people type: 4 to 20 letters and digits, with spaces and hyphens between them. */
const bookingCodeSchema = z
	.string()
	.trim()
	.regex(/^[0-9A-Za-z][0-9A-Za-z -]{2,30}[0-9A-Za-z]$/)
	.refine((code) => isTypeable(code));

export function isTypeable(code: string): boolean {
	const { length } = foldCode(code);
	return /^[0-9A-Za-z][0-9A-Za-z -]*$/.test(code) && length >= 4 && length <= 20;
}

const appointmentSchema = z.strictObject({
	source: z.string().min(1).max(512),
	code: bookingCodeSchema,
	at: instantSchema,
	topic: topicIdSchema,
	language: languageSchema.nullable(),
	partySize: z.int().min(1).max(20),
});

const MAX_SHOWN = 5;

/** A list whose days could be read either way: an order of day and month may be all that it lacks. */
export class EitherOrder extends UserError {
	/** One of its dates, as it is written. */
	readonly date: string;

	constructor(message: string, date: string) {
		super("APPOINTMENTS_INVALID", message);
		this.date = date;
	}
}

/**
 * Throws UserError APPOINTMENTS_INVALID where anything is wrong, with the first places. `eitherOrder` is a date whose
 * order cannot be told.
 */
export function requireNoComplaint(complaints: readonly Remark[], eitherOrder?: string): void {
	if (complaints.length === 0) return;
	const shown = complaints.slice(0, MAX_SHOWN).map(({ place, what }) => `${place}: ${what}`);
	const more = complaints.length > MAX_SHOWN ? ` And ${complaints.length - MAX_SHOWN} more.` : "";
	const message = `Nothing was read. ${shown.join(" ")}${more}`;
	throw eitherOrder === undefined
		? new UserError("APPOINTMENTS_INVALID", message)
		: new EitherOrder(message, eitherOrder);
}

/** Checks what a list says, booking by booking. */
export interface AppointmentCheck {
	add(place: string, draft: unknown): void;
	isEmpty(): boolean;
	/** Throws UserError APPOINTMENTS_INVALID where any is wrong. */
	finish(): Appointment[];
}

/**
 * Topics that the site offers, codes that are whole and stand for one visit a day. `dayOf` is the site's calendar day of
 * an instant.
 */
export function openAppointmentCheck(
	{ topicIds }: ListSite,
	dayOf: (at: number) => string,
	/** The place of one field of a booking, where the list has one. */
	placeOf: (place: string, field: keyof Appointment) => string = (place) => place,
): AppointmentCheck {
	const complaints: Remark[] = [];
	const appointments: Appointment[] = [];
	const placeOfCode = new Map<string, string>();
	const placeOfSource = new Map<string, string>();
	const topics = new Set<string>(topicIds);
	return {
		add(place, draft) {
			const parsed = appointmentSchema.safeParse(draft);
			if (!parsed.success) {
				const field = fieldOf(parsed.error.issues[0]?.path[0]);
				complaints.push({ place: placeOf(place, field), what: SENTENCES[field] });
				return;
			}
			const { topic, code, at, source } = parsed.data;
			const key = `${foldCode(code)} ${dayOf(at)}`;
			const [sameCode, sameSource] = [placeOfCode.get(key), placeOfSource.get(source)];
			if (!topics.has(topic))
				complaints.push({ place: placeOf(place, "topic"), what: `This site has no topic "${topic}".` });
			else if (sameSource !== undefined) complaints.push({ place, what: `It is the booking of ${sameSource} again.` });
			else if (sameCode !== undefined)
				complaints.push({ place, what: `Its code ${code} reads the same as the code of ${sameCode} on that day.` });
			placeOfCode.set(key, place);
			placeOfSource.set(source, place);
			appointments.push(parsed.data);
		},
		isEmpty: () => appointments.length === 0 && complaints.length === 0,
		finish() {
			requireNoComplaint(complaints);
			return appointments;
		},
	};
}

const SENTENCES: Readonly<Record<keyof Appointment, string>> = {
	source: "It has no UID.",
	code: "Its code must be 4 to 20 letters and digits.",
	at: "Its time cannot be read. Write it as 2026-11-30 10:30.",
	topic: "Its topic must be the catalogue's id of one, such as work-permit.",
	language: "Its language must be a tag such as en or zh-Hans, or nothing.",
	partySize: "Its party must be a whole number from 1 to 20.",
};

const fieldOf = (name: unknown): keyof Appointment =>
	Object.keys(SENTENCES).find((field): field is keyof Appointment => field === name) ?? "source";

export type Status = "booked" | "cancelled" | "unknown";

/**
 * The words with which booking systems say whether a booking holds. Whether an unknown word cancels cannot be told, so
 * the list is refused with it.
 */
const BOOKED = new Set(
	[
		"",
		"booked",
		"confirmed",
		"confirm",
		"accepted",
		"active",
		"tentative",
		"reserved",
		"scheduled",
		"ok",
		"yes",
	].concat(["已预约", "已确认", "预约成功", "有效", "正常", "待到访", "已预定"]),
);
const CANCELLED = new Set(
	["cancelled", "canceled", "cancel", "cancelled by customer", "withdrawn", "deleted", "declined", "revoked"].concat([
		"已取消",
		"取消",
		"已撤销",
		"已作废",
		"作废",
		"已退订",
		"失效",
	]),
);

export function readStatus(text: string): Status {
	const plain = text.trim().normalize("NFKC").toLowerCase();
	return BOOKED.has(plain) ? "booked" : CANCELLED.has(plain) ? "cancelled" : "unknown";
}

/**
 * The nearest of our languages to a BCP 47 tag, and whether it is the very one: zh-CN and zh are zh-Hans, en-US is en,
 * pt-BR is pt. Chinese in traditional characters (zh-TW, zh-Hant) is read as zh-Hans, the only Chinese there is.
 * Undefined where the text is no tag of a language that we have.
 */
export function nearestLanguage(tag: string): { language: Language; isExact: boolean } | undefined {
	const text = tag.trim();
	const exact = LANGUAGES.find((one) => one.toLowerCase() === text.toLowerCase());
	if (exact !== undefined) return { language: exact, isExact: true };
	if (!/^[A-Za-z]{2,3}([-_][0-9A-Za-z]{2,8})*$/.test(text)) return undefined;
	const primary = text.split(/[-_]/)[0]?.toLowerCase();
	const nearest = LANGUAGES.find((one) => one.split("-")[0] === primary);
	return nearest && { language: nearest, isExact: false };
}
