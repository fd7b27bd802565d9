import { z } from "zod";
import { deskCall, refusals } from "./contract-helpers.ts";
import { staffGateRoutes } from "./routes.ts";

/** What a supervisor can do at the kiosk's glass: end its window, or restart the station's program. */
export const KIOSK_ACTIONS = ["leave", "restart"] as const;
export type KioskAction = (typeof KIOSK_ACTIONS)[number];

/** The window of the station's own kiosk. */
export const staffGateContract = {
	staffGate: {
		act: deskCall
			.route({
				...staffGateRoutes.staffGate.act,
				summary: "A supervisor at the glass, by PIN alone, ends the window or restarts the program",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("KIOSK_KEY_REQUIRED", "SIGN_IN_REFUSED", "STAFF_LOCKED", "RESTART_UNAVAILABLE"))
			.input(z.strictObject({ pin: z.string().min(1).max(32), action: z.enum(KIOSK_ACTIONS) }))
			.output(z.void()),
		read: deskCall
			.route({
				...staffGateRoutes.staffGate.read,
				summary: "For the program that shows the window: whether it is to end, told once",
				tags: ["kiosk"],
			})
			.errors(refusals("KIOSK_KEY_REQUIRED"))
			.output(z.object({ isLeaving: z.boolean() })),
	},
};
