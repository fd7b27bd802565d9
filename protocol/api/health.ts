import { z } from "zod";
import { DISK_STATES, diskSpaceSchema } from "../model/disk.ts";
import { slugSchema, stationIdSchema, topicIdSchema } from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { stationNetworkSchema } from "../model/network.ts";
import { printerStatusSchema, printProofSchema, statePartSchema } from "../model/print.ts";
import { speechHealthSchema } from "../model/speech.ts";
import { instantSchema } from "../model/ticket.ts";
import { listRemarkSchema } from "../model/visit.ts";

/** What the station has of the server, and what it refused. */
export const pullHealthSchema = z.object({
	/** Versions of the signed documents that are in force; null where there is none. */
	catalogue: z.int().nullable(),
	configuration: z.int().nullable(),
	/** The last command that was carried out. */
	command: z.int().min(0),
	/** How often something was refused since the station started, by code. */
	refused: z.record(z.string(), z.int().min(1)),
	/** This clock less the server's, in milliseconds; null before the server was heard. */
	clockOffset: z.int().nullable(),
});
export type PullHealth = z.infer<typeof pullHealthSchema>;

/** The station's connection to the central server. */
export const syncHealthSchema = z.object({
	/** Null where it is enrolled nowhere. */
	server: z.string().nullable(),
	/** Its id there. */
	station: stationIdSchema.nullable(),
	/** Null before the server was tried. */
	reachable: z.boolean().nullable(),
	/** When the server last answered, by the station's clock. */
	lastSeenAt: instantSchema.nullable(),
	/** The code of what the server refused last; null while all is well. */
	refused: z.string().nullable(),
	/** Events that the server does not have yet. */
	unsent: z.int().min(0),
	/** How often the log went on in a new stream, because the server had another's events in the old one: an administrator should know why. */
	forks: z.int().min(0),
	/**
	 * Events of this station that the server has and this disk has not, since the disk was restored from a backup or
	 * cloned: numbers that were given in them may have been given again. Null before the server was asked.
	 */
	serverAhead: z.int().min(0).nullable(),
	pull: pullHealthSchema,
});
export type SyncHealth = z.infer<typeof syncHealthSchema>;

/** Whether the machine's clock is believed. */
export const clockHealthSchema = z.object({
	/** Why not, and by how many milliseconds it is off; null while it is believed. */
	doubt: z.object({ kind: z.enum(["jumped", "behind", "ahead", "server-differs"]), byMs: z.number() }).nullable(),
	/** One plain sentence; null while all is well. */
	advice: z.string().nullable(),
});
export type ClockHealth = z.infer<typeof clockHealthSchema>;

/** The calendar of bookings that the station polls. */
export const calendarHealthSchema = z.object({
	/** The machine that gives it. The rest of the address may be a secret. */
	host: z.string(),
	/** `resting`: while the machine's clock is in doubt. */
	state: z.enum(["waiting", "current", "failing", "resting"]),
	/** When it was last asked for, and when what the station has was last known to be what it says. */
	polledAt: instantSchema.nullable(),
	currentAt: instantSchema.nullable(),
	/** What it held when it was last read. */
	booked: z.int().min(0),
	cancelled: z.int().min(0),
	/** Events that are no bookings. */
	skipped: z.int().min(0),
	/** Bookings without a code that a person can type. */
	madeCodes: z.int().min(0),
	/** One or two plain sentences; null while all is well. */
	advice: z.string().nullable(),
	/** The same as codes with their values, for other languages; empty while all is well. */
	reasons: z.array(listRemarkSchema).readonly(),
});
export type CalendarHealth = z.infer<typeof calendarHealthSchema>;

/** A printer beside the station's own: its stand-by, or that of a kiosk. */
export const otherPrinterSchema = printerStatusSchema.omit({ insteadOf: true }).extend({
	use: z.enum(["standby", "kiosk"]),
	/** The kiosk whose printer it is; null for the stand-by. */
	kiosk: z.string().nullable(),
	/** Null until it was asked. */
	proof: printProofSchema.nullable(),
	/** What it can do, in plain English; null until it was asked. */
	description: z.string().nullable(),
	/** One plain sentence; null while all is well. */
	advice: z.string().nullable(),
});
export type OtherPrinter = z.infer<typeof otherPrinterSchema>;
/** The disk of the data folder; null where the system does not say. */
const diskHealthSchema = diskSpaceSchema.extend({
	state: z.enum(DISK_STATES),
	/** One plain sentence; null while there is enough space. */
	advice: z.string().nullable(),
});
export type DiskHealth = z.infer<typeof diskHealthSchema>;

export const searchMissSchema = z.object({ language: languageSchema, words: z.string(), count: z.int().min(1) });
export type SearchMiss = z.infer<typeof searchMissSchema>;

/** How a station is, for IT: what is wrong is named, with what to do about it. */
export const healthSchema = z.object({
	version: z.string(),
	site: slugSchema,
	/** The stream's last event. */
	seq: z.int().min(0),
	startedAt: instantSchema,
	clock: clockHealthSchema,
	disk: diskHealthSchema.nullable(),
	network: stationNetworkSchema,
	sync: syncHealthSchema,
	/** Null where no calendar is configured. */
	calendar: calendarHealthSchema.nullable(),
	/** What can be spoken, by language. */
	speech: z.array(speechHealthSchema),
	/** Languages whose words a kiosk found damaged since the station started: its screens are in English there. */
	damagedMessages: z.array(languageSchema),
	/** Topics past their confirm_by date: screens and paper say that they may have changed. */
	outdatedTopics: z.array(topicIdSchema),
	/** Words that found no topic in the kiosk's search since the station started, the most frequent first. */
	searchMisses: z.array(searchMissSchema),
	printer: printerStatusSchema.extend({
		/** Unless `confirmed`, a ticket never counts as printed. Null until the printer was asked. */
		proof: printProofSchema.nullable(),
		/** What the printer has shown that it can do; null until it was asked. */
		abilities: z.object({ reports: z.array(statePartSchema), confirms: z.boolean() }).nullable(),
		/** The same in plain English; null until it was asked. */
		description: z.string().nullable(),
		ticketsSinceRoll: z.int().min(0),
		/** Live tickets whose paper has not come out, as far as their printer can say. */
		unprinted: z.int().min(0),
		/** One plain sentence; null while all is well. */
		advice: z.string().nullable(),
	}),
	/** The stand-by and the kiosks' own printers. */
	otherPrinters: z.array(otherPrinterSchema),
});
export type Health = z.infer<typeof healthSchema>;
