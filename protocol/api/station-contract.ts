import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { speechSchema } from "../model/speech.ts";
import { boardSchema } from "./board.ts";
import { kioskCall, publicCall, refusals, setupCall, staffCall } from "./contract-helpers.ts";
import { healthSchema } from "./health.ts";
import { printerSetupSchema, sheetAnswersSchema } from "./printer-setup.ts";
import { stationRoutes } from "./routes.ts";

/** What the station tells of itself, and what it is told of its words and its paper. */
export const stationContract = {
	board: {
		read: publicCall
			.route({ ...stationRoutes.board.read, summary: "The board as it is now", tags: ["board"] })
			.output(boardSchema),
		events: publicCall
			.route({
				...stationRoutes.board.events,
				summary: "The board, whole, at once and after every change (server-sent events)",
				tags: ["board"],
			})
			.output(eventIterator(boardSchema)),
		reportSound: publicCall
			.route({
				...stationRoutes.board.reportSound,
				summary: "A board says whether it can be heard; it repeats this while it is on",
				tags: ["board"],
				successStatus: 204,
			})
			.input(z.strictObject({ board: z.uuid().describe("made by the page when it is opened"), audible: z.boolean() }))
			.output(z.void()),
	},
	speech: {
		read: publicCall
			.route({
				...stationRoutes.speech.read,
				summary: "The clips of a language that are there, and how they make sentences",
				tags: ["board"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN"))
			.input(z.object({ language: z.string().max(16) }))
			.output(speechSchema),
	},
	messages: {
		reportDamaged: kioskCall
			.route({
				...stationRoutes.messages.reportDamaged,
				summary: "A kiosk could not read its words in a language, and shows English",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("KIOSK_KEY_REQUIRED", "LANGUAGE_UNKNOWN"))
			.input(z.strictObject({ language: z.string().max(16) }))
			.output(z.void()),
	},
	health: {
		read: kioskCall
			.route({
				...stationRoutes.health.read,
				summary: "How the station and its printer are, and what to do",
				tags: ["health"],
			})
			.output(healthSchema),
	},
	printer: {
		rollChanged: staffCall
			.route({
				...stationRoutes.printer.rollChanged,
				summary: "A new roll was put in: its tickets are counted from here",
				tags: ["desk"],
				successStatus: 204,
			})
			.output(z.void()),
		readSetup: setupCall
			.route({
				...stationRoutes.printer.readSetup,
				summary: "How tickets are printed, and the models that can be chosen",
				tags: ["supervisor"],
			})
			.output(printerSetupSchema),
		printSheet: setupCall
			.route({
				...stationRoutes.printer.printSheet,
				summary: "Choose a model if one is named, and print the set-up sheet",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("PRINTER_PROFILE_UNKNOWN", "PRINTER_NOT_READY"))
			.input(z.strictObject({ profile: z.string().min(1).max(100).nullable() }))
			.output(z.void()),
		keepSetup: setupCall
			.route({
				...stationRoutes.printer.keepSetup,
				summary: "Keep what a person saw on the set-up sheet",
				tags: ["supervisor"],
			})
			.input(sheetAnswersSchema)
			.output(printerSetupSchema),
	},
};
