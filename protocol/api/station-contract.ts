import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { speechSchema } from "../model/speech.ts";
import { boardSchema } from "./board.ts";
import { refusals } from "./contract-helpers.ts";
import { healthSchema } from "./health.ts";

/** What the station tells of itself, and what it is told of its words and its paper. */
export const stationContract = {
	board: {
		read: oc
			.route({ method: "GET", path: "/board", summary: "The board as it is now", tags: ["board"] })
			.output(boardSchema),
		events: oc
			.route({
				method: "GET",
				path: "/board/events",
				summary: "The board, whole, at once and after every change (server-sent events)",
				tags: ["board"],
			})
			.output(eventIterator(boardSchema)),
	},
	speech: {
		read: oc
			.route({
				method: "GET",
				path: "/speech/{language}",
				summary: "The clips of a language that are there, and how they make sentences",
				tags: ["board"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN"))
			.input(z.object({ language: z.string().max(16) }))
			.output(speechSchema),
	},
	words: {
		damaged: oc
			.route({
				method: "POST",
				path: "/messages/{language}/damaged",
				summary: "A kiosk could not read its words in a language, and shows English",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("KIOSK_KEY_REQUIRED", "DEVICE_UNPAIRED", "LANGUAGE_UNKNOWN"))
			.input(z.strictObject({ language: z.string().max(16) }))
			.output(z.void()),
	},
	health: {
		read: oc
			.route({
				method: "GET",
				path: "/health",
				summary: "How the station and its printer are, and what to do",
				tags: ["health"],
			})
			.output(healthSchema),
	},
	printer: {
		rollChanged: oc
			.route({
				method: "POST",
				path: "/printer/roll",
				summary: "A new roll was put in: its tickets are counted from here",
				tags: ["desk"],
				successStatus: 204,
			})
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.void()),
	},
};
