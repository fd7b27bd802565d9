import type { Topics } from "../../../protocol/api/board.ts";
import { reduceSelection } from "./reduce-selection.ts";
import { tick } from "./reduce-tick.ts";
import { sameVisitor, showAgain, withPaper, withTicket } from "./reduce-ticket.ts";
import { isOnItsWay, type Kiosk, type KioskEvent, SETTLES_AFTER } from "./state.ts";
import { callStaff, nextVisitor, show } from "./steps.ts";

/** Everything that happens to the kiosk: what it is before and what happens give what it is after. */
export function reduceKiosk(kiosk: Kiosk, event: KioskEvent): Kiosk {
	if (isTap(event) && event.time < kiosk.settledAt) return kiosk;
	const { visit } = kiosk;

	switch (event.type) {
		case "touched":
			// With the warning up only its own buttons speak: a touch must not sweep it from under the finger.
			return kiosk.overlay.kind === "idle" ? kiosk : { ...kiosk, touchedAt: event.time };

		case "ticked":
			return tick(kiosk, event.time);

		case "language-chosen":
			if (visit.at !== "languages") return kiosk;
			return {
				...kiosk,
				visit: {
					...visit,
					at: "opening",
					language: event.language,
					key: visit.same?.key ?? event.key,
					since: event.time,
				},
				touchedAt: event.time,
			};

		case "language-ready":
			if (visit.at !== "opening" || visit.language !== event.language || !kiosk.topics[event.language]) return kiosk;
			if (visit.same?.held) return showAgain(kiosk, { ...visit.same, language: visit.language }, event.time);
			return show(
				kiosk,
				{ at: "topics", language: visit.language, key: visit.key, page: 0, notice: "none" },
				event.time,
			);

		case "languages-asked":
			// The same visitor, another language: the modes stay. A number on its way is waited for.
			if (visit.at === "languages" || isOnItsWay(visit)) return kiosk;
			return show(kiosk, { at: "languages", same: sameVisitor(visit) }, event.time);

		case "left":
			// While the number is on its way nobody can leave it behind.
			if (visit.at === "languages" && kiosk.overlay.kind !== "idle") return kiosk;
			return isOnItsWay(visit) ? kiosk : nextVisitor(kiosk, event.time);

		case "stayed":
			if (kiosk.overlay.kind !== "idle") return kiosk;
			return { ...kiosk, overlay: { kind: "none" }, touchedAt: event.time, settledAt: event.time + SETTLES_AFTER };

		case "mode-switched": {
			const other = kiosk.modes[event.mode] === "usual" ? "changed" : "usual";
			return {
				...kiosk,
				overlay: kiosk.overlay.kind === "listen" ? { kind: "none" } : kiosk.overlay,
				modes: { ...kiosk.modes, [event.mode]: other },
				settledAt: event.time + SETTLES_AFTER,
			};
		}

		case "speech-known": {
			const others = kiosk.spoken.filter((one) => one !== event.language);
			return { ...kiosk, spoken: event.spoken ? [...others, event.language] : others };
		}

		case "listen-asked":
			if (kiosk.overlay.kind !== "none" || kiosk.modes.listen !== "changed") return kiosk;
			return { ...kiosk, overlay: { kind: "listen" }, settledAt: event.time + SETTLES_AFTER };

		case "staff-asked":
			return kiosk.overlay.kind === "staff" ? kiosk : callStaff(kiosk, event.time);

		case "staff-called":
			if (kiosk.overlay.kind !== "staff" || kiosk.overlay.asked !== event.asked) return kiosk;
			return { ...kiosk, overlay: { ...kiosk.overlay, call: event.call } };

		case "overlay-closed":
			if (kiosk.overlay.kind !== "staff" && kiosk.overlay.kind !== "listen") return kiosk;
			return { ...kiosk, overlay: { kind: "none" }, settledAt: event.time + SETTLES_AFTER };

		case "issued":
			// An answer may come just after it was given up.
			if (!(isOnItsWay(visit) || visit.at === "refused") || visit.key !== event.key) return kiosk;
			return {
				...show(kiosk, withTicket(visit, event.ticket, event.time), event.time),
				link: { kind: "reached" },
				touchedAt: event.time,
			};

		case "paper-seen": {
			if (visit.at !== "ticket" || visit.ticket.id !== event.ticket.id) return kiosk;
			const next = withPaper(visit, event.ticket, event.time);
			// The time to read begins anew when there is something new to read.
			const touchedAt = next.paper === visit.paper ? kiosk.touchedAt : Math.max(kiosk.touchedAt, event.time);
			return { ...kiosk, visit: next, touchedAt };
		}

		case "station-answered":
			return { ...kiosk, link: { kind: "reached" }, topics: withTopics(kiosk.topics, event.topics) };

		case "station-missed":
			return { ...kiosk, link: kiosk.link.kind === "reached" ? { kind: "missed" } : { kind: "lost" } };

		case "screen-broke": {
			const { overlay } = kiosk;
			const next = nextVisitor(kiosk, event.time);
			// Whoever called staff from the broken screen still waits for them.
			return overlay.kind === "staff" ? { ...next, overlay } : next;
		}

		case "topic-chosen":
		case "other-sites-opened":
		case "search-opened":
		case "search-typed":
		case "plan-opened":
		case "people-set":
		case "documents-missing":
		case "ticket-asked":
		case "page-turned":
		case "went-back":
		case "refused":
		case "check-in-opened":
		case "code-typed":
		case "check-in-asked":
		case "check-in-refused":
			return reduceSelection(kiosk, event);
	}
}

/** Waits, and whether a topic is taken, hold in every language, so the newest answer corrects them all. */
function withTopics(known: Kiosk["topics"], fresh: Topics): Kiosk["topics"] {
	const waits = new Map(fresh.topics.map(({ id, ahead, wait, availability }) => [id, { ahead, wait, availability }]));
	const corrected = Object.entries(known).map(([language, topics]) => [
		language,
		{ ...topics, topics: topics.topics.map((topic) => ({ ...topic, ...waits.get(topic.id) })) },
	]);
	return { ...Object.fromEntries(corrected), [fresh.language]: fresh };
}

const TAPS: ReadonlySet<KioskEvent["type"]> = new Set([
	"language-chosen",
	"topic-chosen",
	"ticket-asked",
	"search-opened",
	"other-sites-opened",
	"search-typed",
	"plan-opened",
	"people-set",
	"documents-missing",
	"check-in-opened",
	"code-typed",
	"check-in-asked",
	"page-turned",
	"went-back",
	"languages-asked",
	"left",
	"stayed",
	"mode-switched",
	"listen-asked",
	"staff-asked",
	"overlay-closed",
]);

function isTap(event: KioskEvent): boolean {
	return TAPS.has(event.type);
}
