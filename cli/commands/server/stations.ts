import type { Command } from "commander";
import { UserError } from "../../../lib/errors.ts";
import { type StationId, siteIdSchema, stationIdSchema } from "../../../protocol/model/ids.ts";
import { openEnrolment } from "../../../server/fleet/enrolment.ts";
import { type Context, defineCommand } from "../../define-command.ts";
import { PLACE_OPTIONS, requireServer, withServerDatabase } from "./place.ts";

const CODE_OPTIONS = {
	...PLACE_OPTIONS,
	site: {
		schema: siteIdSchema,
		expected: "a site's id as the catalogue has it, such as service-centre-1",
		placeholder: "ID",
		help: "the site; without it the code is for any site that has no station",
		isFlagOnly: true,
	},
} as const;

export function codeCommand(context: Context): Command {
	return defineCommand(context, {
		name: "code",
		summary: "print a code that enrols a site's station, once, within 15 minutes",
		options: CODE_OPTIONS,
		async run(invocation) {
			const { site } = invocation.options();
			const made = await withServerDatabase(requireServer(invocation), (database) => {
				const enrolment = openEnrolment(database);
				return site === undefined ? enrolment.makeCodeForAnySite(Date.now()) : enrolment.makeCode(site, Date.now());
			});
			const code = `${made.code.slice(0, 5)}-${made.code.slice(5)}`;
			invocation.print(
				{ ...made, site: site ?? null, code },
				`At the station: paihao enrol --server https://ADDRESS --code ${code} --data DIR. The code works once, within 15 minutes.`,
			);
		},
	});
}

export function revokeCommand(context: Context): Command {
	return defineCommand(context, {
		name: "revoke",
		summary: "refuse a lost or stolen station from now on",
		operands: "<station>",
		options: PLACE_OPTIONS,
		async run(invocation) {
			const station = requireStationId(invocation.operands);
			const isRevoked = await withServerDatabase(requireServer(invocation), (database) =>
				openEnrolment(database).revoke(station, Date.now()),
			);
			if (!isRevoked) throw stationUnknown(station);
		},
	});
}

export function removeCommand(context: Context): Command {
	return defineCommand(context, {
		name: "remove",
		summary: "remove a station that was made for a code and never enrolled",
		operands: "<station>",
		options: PLACE_OPTIONS,
		async run(invocation) {
			const station = requireStationId(invocation.operands);
			await withServerDatabase(requireServer(invocation), (database) => openEnrolment(database).remove(station));
		},
	});
}

function requireStationId([station = ""]: readonly string[]): StationId {
	const { data } = stationIdSchema.safeParse(station);
	if (data === undefined) throw stationUnknown(station);
	return data;
}

function stationUnknown(station: string): UserError {
	return new UserError("STATION_UNKNOWN", `The server knows no station ${station}. The page /fleet lists the ids.`);
}
