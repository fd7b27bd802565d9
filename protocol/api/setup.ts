import { z } from "zod";
import { siteIdSchema } from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { stationNetworkSchema } from "../model/network.ts";
import { printerStatusSchema } from "../model/print.ts";
import { instantSchema } from "../model/ticket.ts";

/*
 * What a station is set up with: at its own kiosk until there is a supervisor (the first start), later by supervisors.
 */

/** Where a setting comes from: the settings file, a flag or a variable; a person at the screen; the product itself. */
export const settingOriginSchema = z.enum(["settings", "chosen", "default"]);
export type SettingOrigin = z.infer<typeof settingOriginSchema>;

export const stationSetupSchema = z.object({
	/** True while the station's own kiosk may set it up. */
	isFirstStart: z.boolean(),
	/** Accounts that came from a device before this one and have no PIN yet: how many, and which are administrators'. */
	withoutPin: z.object({ accounts: z.int().min(0), administrators: z.array(z.string()) }),
	site: z.object({
		id: siteIdSchema,
		name: z.string(),
		nameChinese: z.string(),
		origin: settingOriginSchema,
		/** Why it can no longer change; null while it can. */
		fixedBy: z.enum(["settings", "tickets", "enrolment"]).nullable(),
	}),
	printer: z.object({
		/** Its address without options; null where there is no printer yet. */
		place: z.string().nullable(),
		/** The address that the device before this one printed on, where the server told; null where it told none. */
		inherited: z.string().nullable(),
		origin: settingOriginSchema,
		status: printerStatusSchema,
	}),
	clock: z.object({
		at: instantSchema,
		/** The site's zone, by which its days and hours go. */
		timezone: z.string(),
		/** The zone of the machine. */
		machineTimezone: z.string(),
		/** The station has a reason not to believe the machine's clock. */
		isDoubted: z.boolean(),
	}),
	/** Where the station is enrolled. */
	server: z.string().nullable(),
	/** The server's address that the settings name, for whoever enrols the station here. */
	preparedServer: z.string().nullable(),
	network: stationNetworkSchema,
});
export type StationSetup = z.infer<typeof stationSetupSchema>;

const siteChoiceSchema = z.object({
	id: siteIdSchema,
	kind: z.enum(["centre", "service-centre", "station"]),
	/** True where name and address are placeholders. */
	isExample: z.boolean(),
	name: z.string(),
	/** Short enough for a tile. */
	shortName: z.string(),
	/** What finds it in a search: its names and its id, in small letters. */
	keywords: z.string(),
	address: z.string(),
	topics: z.array(z.string()),
	counters: z.int(),
});
export type SiteChoice = z.infer<typeof siteChoiceSchema>;

export const siteChoicesSchema = z.object({ sites: z.array(siteChoiceSchema) });
export const siteChoicesInputSchema = z.object({ language: languageSchema });

export const foundPrinterSchema = z.object({
	/** An address of a printer, as the settings have it. */
	address: z.string(),
	/** `inherited`: on the network, and of the device before this one. */
	kind: z.enum(["usb", "queue", "network", "inherited"]),
	/** What it calls itself, or where it is. */
	name: z.string(),
	/** The profile of its model, where its name tells. */
	profile: z.string().nullable(),
});
export type FoundPrinter = z.infer<typeof foundPrinterSchema>;

export const printerSearchSchema = z.object({
	printers: z.array(foundPrinterSchema),
	/** The search of the network; null before somebody asked for it. */
	scan: z.object({ asked: z.int().min(0), total: z.int().min(0), isOver: z.boolean() }).nullable(),
});
export type PrinterSearch = z.infer<typeof printerSearchSchema>;
