import type { StationDatabase } from "../../db/station/open.ts";
import type { CounterNumber, NewId, SiteId, TopicId } from "../../protocol/model/ids.ts";
import type { EventLog } from "../events/event-log.ts";
import type { WaitEstimates } from "../waits/wait-estimates.ts";
import type { TicketChange } from "../waits/wait-knowledge.ts";
import type { CounterSkills, QueueRules } from "./queue-order.ts";
import type { StaffedCounter } from "./reachability.ts";
import type { SiteClock } from "./service-day.ts";
import type { TransitionRules } from "./state-machine.ts";

export interface TicketServiceDeps {
	database: StationDatabase;
	eventLog: EventLog;
	site: SiteClock & { id: SiteId };
	rules: TransitionRules;
	queueRules: QueueRules;
	/** Refuses with TOPIC_CLOSED, TOPIC_FULL or TOPIC_LATER. */
	requireAvailable(topic: TopicId, at: { serviceDay: string; now: number }): void;
	/** Refuses with SITE_CLOSED where the kiosk gives no tickets at this hour. */
	requireOpen(now: number): void;
	/** What a counter can do now. */
	skillsOf(counter: CounterNumber): CounterSkills;
	/** The site's topics. */
	topics(): readonly TopicId[];
	/** How long people wait. */
	waits: Pick<WaitEstimates, "ofTopic" | "atIssue" | "ofTicket">;
	/** Called after each commit that changes a ticket's state, topic or counter. */
	ticketChanged?(change: TicketChange): void;
	/** The counters that are staffed now, those on a break included. Without it every counter counts as staffed. */
	staffing?(now: number): readonly StaffedCounter[];
	newId: NewId;
	newCode(): string;
	/** True while the clock is in doubt: the service day stays as it is. */
	holdsDay?(): boolean;
	/** Called after each commit that changes what screens show. */
	changed(): void;
}
