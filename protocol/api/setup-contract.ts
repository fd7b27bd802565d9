import { z } from "zod";
import { siteIdInputSchema } from "../model/ids.ts";
import { deskCall, refusals, setupCall } from "./contract-helpers.ts";
import { setupRoutes } from "./routes.ts";
import { printerSearchSchema, siteChoicesInputSchema, siteChoicesSchema, stationSetupSchema } from "./setup.ts";

/** How a station is set up. */
export const setupContract = {
	setup: {
		read: setupCall
			.route({ ...setupRoutes.setup.read, summary: "What the station is set up with", tags: ["setup"] })
			.output(stationSetupSchema),
		sites: setupCall
			.route({
				...setupRoutes.setup.sites,
				summary: "The catalogue's sites, and what each offers",
				tags: ["setup"],
			})
			.input(siteChoicesInputSchema)
			.output(siteChoicesSchema),
		chooseSite: setupCall
			.route({
				...setupRoutes.setup.chooseSite,
				summary: "Choose the site, while the station has given no ticket; it opens again with it",
				tags: ["setup"],
				successStatus: 204,
			})
			.errors(refusals("SITE_NOT_LISTED", "SITE_FIXED"))
			.input(z.strictObject({ site: siteIdInputSchema }))
			.output(z.void()),
		printers: setupCall
			.route({
				...setupRoutes.setup.printers,
				summary: "Printers at this machine, and those that a search of the network has found",
				tags: ["setup"],
			})
			.output(printerSearchSchema),
		scanNetwork: setupCall
			.route({
				...setupRoutes.setup.scanNetwork,
				summary: "Search the machine's own network for printers",
				tags: ["setup"],
				successStatus: 202,
			})
			.output(printerSearchSchema),
		choosePrinter: setupCall
			.route({
				...setupRoutes.setup.choosePrinter,
				summary: "Use a printer that was found, or none yet; the queue of tickets goes on with it",
				tags: ["setup"],
				successStatus: 204,
			})
			.errors(refusals("PRINTER_NOT_FOUND", "PRINTER_FIXED"))
			.input(z.strictObject({ address: z.string().min(1).max(300).nullable() }))
			.output(z.void()),
		addSupervisor: deskCall
			.route({
				...setupRoutes.setup.addSupervisor,
				summary: "Make the first account, an administrator's: the first start is over",
				tags: ["setup"],
				successStatus: 201,
			})
			.errors(refusals("KIOSK_KEY_REQUIRED", "FIRST_START_OVER", "STAFF_EXISTS", "NAME_REFUSED"))
			.input(
				z.strictObject({
					name: z.string().max(256),
					pin: z.string().regex(/^\d{4,12}$/),
				}),
			)
			.output(z.object({ name: z.string() })),
	},
};
