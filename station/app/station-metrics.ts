import { addCounter, addGauges, createMetrics, type Metrics } from "../../lib/metrics.ts";
import type { SyncHealth } from "../../protocol/api/health.ts";
import type { EventType } from "../../protocol/events/event.ts";
import { openEventCounts } from "../events/count-events.ts";
import type { ServerConnection } from "./connect-server.ts";
import type { Foundation } from "./foundation.ts";
import type { LocalReport } from "./station-report.ts";

export interface StationMetricsDeps {
	foundation: Foundation;
	report(): LocalReport;
	server: Pick<ServerConnection, "health">;
}

/** The outcomes of a print job that its events tell. */
const PRINT_OUTCOMES: Readonly<Partial<Record<EventType, string>>> = {
	"print.confirmed": "confirmed",
	"print.sent": "sent",
	"print.doubtful": "doubtful",
	"print.requeued": "requeued",
	"print.failed": "failed",
};

/** What a station counts and measures. Every number is read when Prometheus asks, from what the rooms know anyway. */
export function openStationMetrics({ foundation, report, server }: StationMetricsDeps): Metrics {
	const { database, files, readDisk, trustedClock } = foundation;
	const metrics = createMetrics("station", files.version);
	const { registry } = metrics;
	const events = addCounter(registry, "paihao_events_total", "Events that were written, by type.", "type");
	const outcomes = addCounter(registry, "paihao_print_jobs_total", "What became of print jobs, by outcome.", "outcome");
	let shown: LocalReport | undefined;
	const countEvents = openEventCounts(database);
	addGauges(registry, {
		paihao_waiting: ["Visitors who wait.", () => shown?.waiting],
		paihao_serving: ["Visitors at counters.", () => shown?.serving],
		paihao_open_counters: ["Counters that are staffed.", () => shown?.openCounters],
		paihao_unprinted_tickets: ["Live tickets whose paper has not come out.", () => shown?.unprinted],
		paihao_printer_ready: ["1 if the printer can print.", () => shown && Number(shown.printer === "ready")],
		paihao_paper_near_end: ["1 if the paper is almost used up.", () => shown && Number(shown.paperNearEnd)],
		paihao_sync_pending_events: ["Events that the server does not have yet.", () => server.health().unsent],
		paihao_sync_forks: ["How often the log went on in a new stream.", () => server.health().forks],
		paihao_server_reachable: ["1 if the server answers.", () => toNumber(server.health())],
		paihao_disk_free_bytes: ["Free space on the disk of the data folder.", () => readDisk()?.freeBytes],
		paihao_disk_size_bytes: ["Size of the disk of the data folder.", () => readDisk()?.totalBytes],
		paihao_calendar_fails: [
			"1 if the calendar of bookings cannot be read.",
			() => (shown?.calendarFails === undefined ? undefined : Number(shown.calendarFails)),
		],
		paihao_clock_in_doubt: ["1 if the machine's clock is not believed.", () => Number(trustedClock.doubt() !== null)],
	});
	return {
		...metrics,
		read() {
			shown = report();
			for (const { type, count } of countEvents()) {
				events.inc({ type }, count);
				const outcome = PRINT_OUTCOMES[type];
				if (outcome !== undefined) outcomes.inc({ outcome }, count);
			}
			return metrics.read();
		},
	};
}

/** Undefined before the server was tried, and where there is none. */
function toNumber({ server, reachable }: SyncHealth): number | undefined {
	return server === null || reachable === null ? undefined : Number(reachable);
}
