import { foldCode } from "../../lib/typed-code.ts";
import type { TopicId } from "../../protocol/model/ids.ts";
import { LANGUAGES, type Language } from "../../protocol/model/language.ts";
import type { ListedEvent } from "./keep-visits.ts";
import { type Place, type Reason, type Remark, reason, remark, requireNoComplaint } from "./list-remark.ts";
import type { DateOrder } from "./read-time.ts";
import type { ColumnNames } from "./table-columns.ts";
import type { TopicName } from "./topic-names.ts";

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
	/** The calendar's SEQUENCE, and what kind of event tells it: see Expected. */
	sequence?: number | undefined;
	listedAs?: "event" | "series" | undefined;
}

/** A booking as a list writes it: what a person typed may still be wrong. */
export interface AppointmentDraft extends Omit<Appointment, "language"> {
	language: string | null;
	/** NaN where it is no number. */
	partySize: number;
}

/** What a list says. A list is read whole or refused whole. */
export interface AppointmentList {
	appointments: Appointment[];
	/** Bookings that the list cancels. */
	cancelled: (ListedEvent & { place: Place })[];
	/** Events of which the list has all that is to come: see VisitChanges. */
	listed: ListedEvent[];
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
	/** Their names, as other systems may have them. */
	topicNames?: readonly TopicName[] | undefined;
	/** The topic, by its id or a name, of a calendar's events that name none, and of a table without a column for it. */
	topic?: string | undefined;
	/** How days in figures are to be read where their order cannot be told. */
	dateOrder?: DateOrder | undefined;
	/** Which of a table's columns is which, where their headings are not ours. */
	columns?: ColumnNames | undefined;
	/** The day (YYYY-MM-DD) of a table that has only times of day. */
	day?: string | undefined;
}

const CODE = /^[0-9A-Za-z](?:[0-9A-Za-z -]*[0-9A-Za-z])?$/;

/** Whether a person can type it: 4 to 20 letters and digits, with spaces and hyphens between them. */
export function isTypeable(code: string): boolean {
	if (code.length < 4 || code.length > 32 || !CODE.test(code)) return false;
	const { length } = foldCode(code);
	return length >= 4 && length <= 20;
}

type Field = "code" | "language" | "partySize";

const REASONS: Readonly<Record<Field, Reason>> = {
	code: reason("code-invalid"),
	language: reason("language-invalid"),
	partySize: reason("party-invalid"),
};

/** The booking, or what of it is wrong. By hand: a schema takes three times as long, and a list has 50,000. */
function appointmentOf(draft: AppointmentDraft): Appointment | Field {
	const { source, code, at, topic, language, partySize, sequence, listedAs } = draft;
	const known = language === null ? null : LANGUAGE_OF.get(language);
	if (!isTypeable(code)) return "code";
	if (known === undefined) return "language";
	if (!Number.isInteger(partySize) || partySize < 1 || partySize > LARGEST_PARTY) return "partySize";
	return { source, code, at, topic, language: known, partySize, sequence, listedAs };
}

const LANGUAGE_OF = new Map<string, Language>(LANGUAGES.map((one) => [one, one]));
const LARGEST_PARTY = 20;

/** Checks what a list says, booking by booking. */
export interface AppointmentCheck {
	add(place: Place, draft: AppointmentDraft): void;
	isEmpty(): boolean;
	/** Throws ListRefused where any is wrong. */
	finish(): Appointment[];
}

/**
 * Topics that the site offers, codes that are whole and stand for one visit a day. `dayOf` is the site's calendar day of
 * an instant.
 */
export function openAppointmentCheck(
	{ topicIds }: ListSite,
	dayOf: (at: number) => string,
	/** The column of one field of a booking, where the list has one. */
	columnOf: (field: Field | "topic") => string | undefined = () => undefined,
): AppointmentCheck {
	const complaints: Remark[] = [];
	const appointments: Appointment[] = [];
	const lineOfCode = new Map<string, number>();
	const lineOfSource = new Map<string, number>();
	const topics = new Set<string>(topicIds);
	return {
		add(place, draft) {
			const read = appointmentOf(draft);
			if (typeof read === "string") {
				complaints.push(remark({ ...place, column: columnOf(read) ?? place.column }, REASONS[read]));
				return;
			}
			const { topic, code, at, source } = read;
			const key = `${foldCode(code)} ${dayOf(at)}`;
			const [sameCode, sameSource] = [lineOfCode.get(key), lineOfSource.get(source)];
			if (!topics.has(topic))
				complaints.push(remark({ ...place, column: columnOf("topic") }, reason("topic-unknown", { topic })));
			else if (sameSource !== undefined) complaints.push(remark(place, reason("same-booking", { line: sameSource })));
			else if (sameCode !== undefined) complaints.push(remark(place, reason("same-code", { code, line: sameCode })));
			lineOfCode.set(key, place.line);
			lineOfSource.set(source, place.line);
			appointments.push(read);
		},
		isEmpty: () => appointments.length === 0 && complaints.length === 0,
		finish() {
			requireNoComplaint(complaints);
			return appointments;
		},
	};
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
