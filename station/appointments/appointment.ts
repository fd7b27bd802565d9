import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { slugSchema } from "../../protocol/catalogue/catalogue.ts";
import { languageSchema } from "../../protocol/model/language-schema.ts";
import { instantSchema } from "../../protocol/model/ticket.ts";

/** One booking as a file tells it. Names, mails and notes in the file are never read further than this. */
export interface Appointment {
	/** What stays the same when the booking is moved: a calendar's UID, a list's code. */
	source: string;
	code: string;
	/** UTC milliseconds. */
	at: number;
	topic: string;
	language: z.infer<typeof languageSchema> | null;
	partySize: number;
}

/** What a file says: bookings, and the sources of those that are called off. */
export interface AppointmentList {
	appointments: Appointment[];
	calledOff: string[];
}

/** Digits and letters as a booking prints them, 4 to 20, so that it can be typed at the kiosk and is not guessed in a few tries. */
export const bookingCodeSchema = z
	.string()
	.trim()
	.regex(/^[0-9A-Za-z][0-9A-Za-z -]{2,30}[0-9A-Za-z]$/)
	.refine((code) => {
		const { length } = code.replaceAll(/[ -]/g, "");
		return length >= 4 && length <= 20;
	});

export const appointmentSchema = z.strictObject({
	source: z.string().min(1).max(512),
	code: bookingCodeSchema,
	at: instantSchema,
	topic: slugSchema,
	language: languageSchema.nullable(),
	partySize: z.int().min(1).max(20),
});

/** A place in a file and what is wrong there. */
export interface Complaint {
	place: string;
	what: string;
}

const MAX_SHOWN = 5;

/** Throws PlainError APPOINTMENTS_BAD where anything is wrong: a list is taken whole, or not at all. */
export function requireNoComplaint(complaints: readonly Complaint[]): void {
	if (complaints.length === 0) return;
	const shown = complaints.slice(0, MAX_SHOWN).map(({ place, what }) => `${place}: ${what}`);
	const more = complaints.length > MAX_SHOWN ? ` And ${complaints.length - MAX_SHOWN} more.` : "";
	throw new UserError("APPOINTMENTS_BAD", `Nothing was taken from the file. ${shown.join(" ")}${more}`);
}

/**
 * Checks what was read: topics that the site offers, codes that are whole and stand for one visit. Throws
 * PlainError APPOINTMENTS_BAD.
 */
export function checkAppointments(
	read: readonly { place: string; draft: unknown }[],
	topicIds: readonly string[],
): Appointment[] {
	const complaints: Complaint[] = [];
	const appointments: Appointment[] = [];
	const placeOfCode = new Map<string, string>();
	for (const { place, draft } of read) {
		const parsed = appointmentSchema.safeParse(draft);
		if (!parsed.success) {
			const [issue] = parsed.error.issues;
			complaints.push({ place, what: sentenceFor(String(issue?.path[0])) });
			continue;
		}
		const { topic, code } = parsed.data;
		const plain = code.toUpperCase().replaceAll(/[ -]/g, "");
		const taken = placeOfCode.get(plain);
		if (!topicIds.includes(topic)) complaints.push({ place, what: `this site has no topic ${topic}.` });
		else if (taken !== undefined) complaints.push({ place, what: `its code ${code} is that of ${taken} as well.` });
		placeOfCode.set(plain, place);
		appointments.push(parsed.data);
	}
	requireNoComplaint(complaints);
	return appointments;
}

const SENTENCES: Readonly<Record<string, string>> = {
	source: "it has no name of its own (UID).",
	code: "its code must be 4 to 20 letters and digits.",
	at: "its time cannot be read. Say it as 2026-11-23 14:30 or as a calendar does.",
	topic: "its topic must be the catalogue's id of one, such as work-permit.",
	language: "its language must be one of the twelve tags, such as en or zh-Hans, or nothing.",
	partySize: "its party must be 1 to 20.",
};

const sentenceFor = (field: string) => SENTENCES[field] ?? "it cannot be read.";
