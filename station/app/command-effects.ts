import type { TopicId } from "../../protocol/model/ids.ts";
import type { CommandAction } from "../../protocol/sync/command.ts";
import type { Visits } from "../appointments/expected-visits.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { Refusal } from "../refusal.ts";
import type { SiteClosure } from "../staff/site-closure.ts";
import type { SiteSettings } from "../staff/site-settings.ts";
import type { CommandEffects } from "../sync/pull/execute-commands.ts";
import { endOfServiceDay } from "../tickets/service-day.ts";
import type { TicketService } from "../tickets/ticket-service.ts";
import { performVisitorAction } from "../tickets/visitor-actions.ts";

export interface CommandEffectsDeps {
	catalogue: Pick<Catalogue, "service" | "clock">;
	settings: SiteSettings;
	closure: SiteClosure;
	tickets: TicketService;
	visits: Pick<Visits, "expect">;
	printTestPage(): Promise<void>;
	restart: (() => void) | undefined;
}

/** What each command of IT, of another site or of a visitor's phone does at this station. */
export function makeCommandEffects(deps: CommandEffectsDeps): CommandEffects {
	const { catalogue, settings, closure, tickets, visits } = deps;
	const requireTopic = (topic: TopicId) => {
		if (!catalogue.service(topic)) throw new Refusal("TOPIC_UNKNOWN", { topic });
	};
	return {
		change(action, now) {
			switch (action.kind) {
				case "set-topic":
					requireTopic(action.topic);
					return settings.setTopic(action.topic, { ...settings.topic(action.topic), open: action.open }, { now });
				case "close-site":
					return closure.close(action.until ?? endOfServiceDay(tickets.serviceDay(now), catalogue.clock), { now });
				case "reopen-site":
					return closure.reopen({ now });
				case "expect-visitor":
					requireTopic(action.topic);
					visits.expect({ visits: [referralOf(action)] }, { now });
					return;
				case "withdraw-visitor":
					visits.expect({ cancelled: [{ source: sourceOf(action.from), sequence: 0 }] }, { now });
					return;
				case "visitor-action":
					return performVisitorAction(tickets, action, now);
				default:
					return action satisfies never;
			}
		},
		printTest: deps.printTestPage,
		restart: deps.restart,
	};
}

/** The visit of a visitor whom another site referred. The same referral twice is one visit. */
function referralOf({ kind: _, from, ...visit }: Extract<CommandAction, { kind: "expect-visitor" }>) {
	return { ...visit, kind: "referral" as const, source: sourceOf(from), from };
}

function sourceOf({ site, ticket }: { site: string; ticket: string }): string {
	return `referral ${site} ${ticket}`;
}
