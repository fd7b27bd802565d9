import { randomUUID } from "node:crypto";
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { openStationDatabase } from "../../../db/station/open.ts";
import { openRandom } from "../../../lib/random.ts";
import { openEventLog } from "../../../station/events/event-log.ts";
import { openSiteSettings } from "../../../station/staff/site-settings.ts";
import { CODE_LENGTH, toTicketCode } from "../../../station/tickets/numbers.ts";
import { DEFAULT_QUEUE_RULES } from "../../../station/tickets/queue-order.ts";
import { DEFAULT_TRANSITION_RULES } from "../../../station/tickets/state-machine.ts";
import { openTicketService } from "../../../station/tickets/ticket-service.ts";
import { asCounter, asSiteId, asTopicId, randomId } from "../../fixtures/ids.ts";

/*
 * The program whose writes are recorded: the real ticket book on its real SQLite file. Arguments: folder, migrations,
 * how many tickets, and FULL or NORMAL. A mark is told to the recorder by taking away a file that is not there.
 */
const [folder = "", migrations = "", tickets = "", synchronous = ""] = process.argv.slice(2);
const NOW = Date.UTC(2026, 10, 23, 1);

const mark = (what: string) => {
	try {
		unlinkSync(join(folder, `mark-${what}`));
	} catch {}
};

const { database } = openStationDatabase(folder, migrations);
database.$client.pragma(`synchronous = ${synchronous}`);
const random = openRandom();
const eventLog = openEventLog(database, { newId: random.id, streamId: randomId(), site: asSiteId("a-site"), now: NOW });
const settings = openSiteSettings(database, eventLog, DEFAULT_QUEUE_RULES.appointmentGraceMs);
const UNKNOWN_WAIT = { wait: null, status: "unknown", raw: null } as const;
const book = openTicketService({
	database,
	eventLog,
	site: { id: asSiteId("a-site"), timezone: "Asia/Shanghai", dayStartsAt: "00:00" },
	rules: DEFAULT_TRANSITION_RULES,
	queueRules: DEFAULT_QUEUE_RULES,
	requireAvailable: settings.requireAvailable,
	requireOpen: () => {},
	skillsOf: settings.skillsOf,
	topics: () => [],
	waits: { ofTopic: () => UNKNOWN_WAIT, atIssue: () => UNKNOWN_WAIT, ofTicket: () => UNKNOWN_WAIT },
	newId: random.id,
	newCode: () => toTicketCode(random.bytes(CODE_LENGTH)),
	changed: () => {},
});
mark("begin");
for (let count = 1; count <= Number(tickets); count += 1) {
	const { ticket } = book.issue(
		{
			topic: asTopicId("work-permit"),
			series: "B",
			language: "en",
			partySize: 1,
			class: "ordinary",
			requestKey: randomUUID(),
		},
		NOW,
	);
	mark(`told-${ticket.number}`);
	if (count % 3 === 0) {
		book.callNext(asCounter("1"), { now: NOW });
		book.actAtCounter(asCounter("1"), { kind: "start" }, {}, { now: NOW });
		book.actAtCounter(asCounter("1"), { kind: "finish", outcome: "answered" }, {}, { now: NOW });
	}
	// The log is folded into the file and begun anew, as it is after each 2,000 pages.
	if (count % 5 === 0) database.$client.pragma("wal_checkpoint(RESTART)");
}
// No clean end: the power is cut.
process.kill(process.pid, "SIGKILL");
