import { digestOfCode } from "../../lib/code-digest.ts";
import { importList } from "../appointments/import-list.ts";
import { describeRemark, ListRefused } from "../appointments/list-remark.ts";
import { readAppointments } from "../appointments/read-appointments.ts";
import { topicNamesOf } from "../appointments/topic-names.ts";
import { Refusal } from "../refusal.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireTopic } from "./params.ts";
import type { RouterDeps } from "./router-deps.ts";

/** Lists of appointments: by file, from another system, and the calendar that is polled. */
export function makeAppointmentRoutes(deps: RouterDeps, { requireSupervisor }: Guards) {
	const { catalogue, clock } = deps;

	return {
		visits: {
			importFile: os.visits.importFile.handler(({ input: { file, dates, columns, topic, day, isDryRun }, context }) => {
				const { staffId: by } = requireSupervisor(context);
				const { topicIds, clock: site, optionalText } = catalogue;
				const of = {
					...{ timezone: site.timezone, topicIds, topicNames: topicNamesOf(topicIds, optionalText) },
					...{ dateOrder: dates, columns, topic, day },
				};
				const bytes = Buffer.from(file, "base64");
				try {
					const now = clock();
					const list = readAppointments(bytes, of, now);
					return importList({ list, visits: deps.visits, isDryRun, now, by });
				} catch (error) {
					if (!(error instanceof ListRefused)) throw error;
					const { reasons, more, eitherOrder, columns } = error;
					const described = reasons.map(describeRemark);
					throw new Refusal("LIST_INVALID", { reason: error.message, reasons: described, more, eitherOrder, columns });
				}
			}),
			readCalendar: os.visits.readCalendar.handler(({ context }) => {
				requireSupervisor(context);
				return { calendar: deps.calendar?.health() ?? null };
			}),
			pollCalendar: os.visits.pollCalendar.handler(async ({ context }) => {
				requireSupervisor(context);
				await deps.calendar?.poll();
				return { calendar: deps.calendar?.health() ?? null };
			}),
			importBookings: os.visits.importBookings.handler(({ input, context }) => {
				const { staffId } = requireSupervisor(context);
				for (const { topic } of input.appointments) requireTopic(catalogue, topic);
				const visits = input.appointments.map(({ code, ...booking }) => ({
					...booking,
					kind: "appointment" as const,
					codeDigest: digestOfCode(code),
				}));
				const cancelled = input.cancelled.map((source) => ({ source, sequence: 0 }));
				const { unmatched, ...result } = deps.visits.expect({ visits, cancelled }, { now: clock(), by: staffId });
				return { ...result, unmatched: unmatched.length };
			}),
		},
	};
}
