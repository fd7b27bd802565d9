import type { StationDatabase } from "../../db/station/open.ts";
import type { EventLog } from "../events/event-log.ts";
import type { CounterSkills, QueueRules } from "./queue-order.ts";
import type { SiteClock } from "./service-day.ts";
import type { TransitionRules } from "./state-machine.ts";

export interface TicketServiceDeps {
	database: StationDatabase;
	eventLog: EventLog;
	site: SiteClock & { id: string };
	rules: TransitionRules;
	queueRules: QueueRules;
	/** Refuses with TOPIC_CLOSED or TOPIC_FULL. */
	requireAvailable(topic: string, serviceDay: string): void;
	/** Refuses with SITE_CLOSED where the kiosk gives no tickets at this hour. */
	requireOpen(now: number): void;
	/** What a counter can do now. */
	skillsOf(counter: string): CounterSkills;
	/** Minutes that one service of a topic takes. */
	minutesOf(topic: string): number;
	/** Counters with a member of staff at them now. */
	openCounters(now: number): number;
	newId(at: number): string;
	newCode(): string;
	/** True while the clock is in doubt: the service day stays as it is. */
	holdsDay?(): boolean;
	/** Called after each commit that changes what screens show. */
	changed(): void;
}
