import { type CounterNumber, type TopicId, topicIdSchema } from "../../protocol/model/ids.ts";
import type { DayPlan } from "../../station/simulation/day-plan.ts";
import { planDay, type SiteModel } from "../../station/simulation/plan-day.ts";
import { type DayAction, type DayState, playDay } from "../../station/simulation/play-day.ts";
import { chooseNext, DEFAULT_QUEUE_RULES, orderLine, queuePositionOf } from "../../station/tickets/queue-order.ts";
import { DEFAULT_TRANSITION_RULES } from "../../station/tickets/state-machine.ts";
import {
	applyCalibration,
	calibrate,
	type RawEstimate,
	type Reach,
	type Score,
	scoreOf,
	summarize,
} from "../../station/waits/calibration.ts";
import { QueueObserver } from "../../station/waits/queue-observer.ts";
import type { QueueSnapshot } from "../../station/waits/queue-snapshot.ts";
import { roundWait } from "../../station/waits/round-wait.ts";
import { ServiceTimesLearner } from "../../station/waits/service-times.ts";
import { simulateWaits } from "../../station/waits/simulate-waits.ts";
import { type Peer, type PeerEstimates, PeerRules, perPeer, RECORD_DAYS } from "./peer-rules.ts";
import { type Setting, siteOf } from "./settings.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OPENS = 9 * 60 * MINUTE;
const CLOSES = 17 * 60 * MINUTE;

export interface Judgement {
	/** Who had to wait, by the estimate or in truth. */
	visitors: number;
	/** Who found a free counter, as the estimate said. */
	freeCounter: number;
	/** Share of the real waits that lay in the range, before it is rounded and as it is shown. */
	cover: number;
	coverShown: number;
	/** Share before the correction from the station's own record. */
	coverRaw: number;
	widthMinutes: number;
	widthShownMinutes: number;
	/** Mean absolute error of the middle. */
	errorMinutes: number;
	meanWaitMinutes: number;
	peers: Record<Peer, { errorMinutes: number; widthMinutes: number; cover: number }>;
	/** Of the rule that the station had: 0.7 to 1.4 times queue x catalogue's minutes / open counters. */
	formerRange: { widthMinutes: number; cover: number };
	/** "queue x mean / open counters" with a share of itself below and above, as wide as it must be to hold 80 %. */
	proportionalRange: { widthMinutes: number; cover: number };
}

interface Claim extends PeerEstimates {
	topic: TopicId;
	raw: RawEstimate;
	calibrated: RawEstimate;
	at: number;
}

interface Judged {
	claim: Claim;
	realMs: number;
	peerRanges: Record<Peer, Reach>;
}

/** Plays days at a site; judges those after `learnDays`. Each rule learns from a day when it is over, or as its product does. */
export function evaluateWaits(
	setting: Setting,
	{ seed, days, learnDays }: { seed: number; days: number; learnDays: number },
): Judgement {
	const site = siteOf(setting, seed);
	const evaluation = new Evaluation(site);
	for (let day = 0; day < learnDays + days; day += 1) {
		const times = { opensAt: day * DAY + OPENS, closesAt: day * DAY + CLOSES };
		evaluation.playDay(planDay(site, times, seed * 1_000 + day), day >= learnDays);
	}
	return { freeCounter: evaluation.freeCounter, ...summarizeJudged(evaluation.judged) };
}

class Evaluation {
	readonly judged: Judged[] = [];
	freeCounter = 0;
	readonly #topics: readonly TopicId[];
	readonly #learner: ServiceTimesLearner;
	readonly #peers: PeerRules;
	readonly #scores: Score[][] = [];

	constructor({ topics }: SiteModel) {
		const minutes = new Map(topics.map(({ topic, minutes: catalogue }) => [topic, catalogue]));
		const minutesOf = (topic: TopicId) => minutes.get(topic) ?? 0;
		this.#topics = topics.map(({ topic }) => topic);
		this.#learner = new ServiceTimesLearner(minutesOf);
		this.#peers = new PeerRules(minutesOf);
	}

	playDay(plan: DayPlan, isJudged: boolean): void {
		const calibration = calibrate(this.#scores.slice(-RECORD_DAYS));
		const peerRanges = this.#peers.ranges();
		const observer = new QueueObserver(this.#learner);
		const claims = new Map<number, Claim>();
		const scores: Score[] = [];
		const arrivedAt = (visitor: number) => plan.visitors[visitor]?.arrivesAt ?? 0;

		const claim = (visitor: number, live: DayState) => {
			const planned = plan.visitors[visitor];
			if (planned?.class !== "ordinary") return;
			const before = { ...live, waiting: live.waiting.filter((one) => one.visitor !== visitor) };
			const snapshot = snapshotOf(before, (counter) => observer.breaksBegun(counter), arrivedAt);
			const samples = simulateWaits(snapshot, this.#topics, this.#learner).topics.get(planned.topic);
			if (!samples) return;
			const raw = summarize(samples);
			claims.set(visitor, {
				...{ topic: planned.topic, raw, calibrated: applyCalibration(raw, calibration), at: live.now },
				...this.#peers.estimate(planned.topic, before),
			});
		};
		const settle = (visitor: number, at: number) => {
			const own = claims.get(visitor);
			claims.delete(visitor);
			if (!own) return;
			const realMs = at - own.at;
			scores.push(scoreOf(own.raw, realMs));
			this.#peers.learnWait(own, realMs);
			if (!isJudged) return;
			// Whoever finds a free counter is told that there is no wait: nothing to be judged, for no rule.
			if (own.raw.highMs > MINUTE || realMs > MINUTE) this.judged.push({ claim: own, realMs, peerRanges });
			else this.freeCounter += 1;
		};

		playDay(plan, RULES, (action, live) => {
			if (action.kind === "issue") claim(action.visitor, live);
			if (action.kind === "call") settle(action.visitor, action.at);
			this.#peers.observe(action);
			observe(observer, action, arrivedAt, live);
		});
		observer.dayEnded();
		this.#peers.dayEnded();
		this.#scores.push(scores);
	}
}

/** Tells the station's observer what the played day does. */
function observe(
	observer: QueueObserver,
	action: DayAction,
	arrivedAt: (visitor: number) => number,
	live: DayState,
): void {
	const { at } = action;
	if (action.kind === "sign-in") observer.counterStaffed(action.counter);
	if (action.kind === "pause") observer.breakBegan(action.counter, at % DAY);
	if (action.kind === "resume") observer.breakEnded(action.counter, at % DAY);
	if (!("visitor" in action) || action.kind === "issue") return;
	const to = STATES[action.kind];
	const counter = "counter" in action ? action.counter : null;
	const busy = live.counters.find(({ plan }) => plan.counter === counter)?.busy;
	// The topic matters where a visit begins.
	const topic = busy?.topic ?? NO_TOPIC;
	const { visitor } = action;
	observer.ticketChanged({ ticket: String(visitor), to, topic, counter, arrivedAt: arrivedAt(visitor), at });
}

const NO_TOPIC = topicIdSchema.parse("none");
const STATES = {
	call: "called",
	start: "serving",
	finish: "finished",
	"no-show": "waiting",
	transfer: "waiting",
	leave: "cancelled",
} as const;

const RULES = {
	...{ chooseNext, queuePositionOf },
	queue: DEFAULT_QUEUE_RULES,
	transition: DEFAULT_TRANSITION_RULES,
};

function snapshotOf(
	{ now, waiting, counters }: DayState,
	breaksBegun: (counter: CounterNumber) => number,
	arrivedAt: (visitor: number) => number,
): QueueSnapshot {
	return {
		...{ now, timeOfDayMs: now % DAY },
		languageReachMs: DEFAULT_QUEUE_RULES.languageReachMs,
		line: orderLine(waiting).map((ticket) => ({
			...{ topic: ticket.topic, nextTopics: [], language: ticket.language, reservedFor: ticket.reservedFor },
			arrivedAt: arrivedAt(ticket.visitor),
			queuePosition: ticket.queuePosition,
			availableFrom: ticket.notBefore ?? 0,
			wasCalled: ticket.notBefore !== null,
			probability: 1,
		})),
		counters: counters.map(({ plan, busy, pausedSince, idleSince }) => ({
			counter: plan.counter,
			...plan.skills,
			busy: busy && { topic: busy.topic, since: busy.since, isServing: busy.isServing },
			pausedSince,
			breaksBegun: breaksBegun(plan.counter),
			freeSince: busy || pausedSince !== null ? null : idleSince,
			ignoresSince: null,
		})),
	};
}

function summarizeJudged(judged: readonly Judged[]): Omit<Judgement, "freeCounter"> {
	const mean = (measure: (one: (typeof judged)[number]) => number) =>
		judged.reduce((sum, one) => sum + measure(one), 0) / Math.max(1, judged.length);
	const isIn = ({ lowMs, highMs }: { lowMs: number; highMs: number }, realMs: number) =>
		Number(lowMs <= realMs && realMs <= highMs);
	const shown = ({ claim }: (typeof judged)[number]) => {
		const { minMinutes, maxMinutes } = roundWait(claim.calibrated);
		return { lowMs: minMinutes * MINUTE, highMs: maxMinutes * MINUTE };
	};
	const width = ({ lowMs, highMs }: { lowMs: number; highMs: number }) => (highMs - lowMs) / MINUTE;
	return {
		visitors: judged.length,
		cover: mean(({ claim, realMs }) => isIn(claim.calibrated, realMs)),
		coverShown: mean((one) => isIn(shown(one), one.realMs)),
		coverRaw: mean(({ claim, realMs }) => isIn(claim.raw, realMs)),
		widthMinutes: mean(({ claim }) => width(claim.calibrated)),
		widthShownMinutes: mean((one) => width(shown(one))),
		errorMinutes: mean(({ claim, realMs }) => Math.abs(realMs - claim.calibrated.middleMs)) / MINUTE,
		meanWaitMinutes: mean(({ realMs }) => realMs) / MINUTE,
		peers: perPeer((peer) => ({
			errorMinutes: mean(({ claim, realMs }) => Math.abs(realMs - claim.peers[peer])) / MINUTE,
			widthMinutes: mean(({ claim, peerRanges }) => width(peerRange(claim.peers[peer], peerRanges[peer]))),
			cover: mean(({ claim, peerRanges, realMs }) => isIn(peerRange(claim.peers[peer], peerRanges[peer]), realMs)),
		})),
		proportionalRange: proportionalRange(judged),
		formerRange: {
			widthMinutes: mean(({ claim: { former } }) => former.maxMs - former.minMs) / MINUTE,
			cover: mean(({ claim: { former }, realMs }) => isIn({ lowMs: former.minMs, highMs: former.maxMs }, realMs)),
		},
	};
}

/** The narrowest range of the form [estimate / factor, estimate x factor], 5 minutes at least, that holds 80 %. */
function proportionalRange(judged: readonly { claim: Claim; realMs: number }[]): {
	widthMinutes: number;
	cover: number;
} {
	let best = { widthMinutes: Number.POSITIVE_INFINITY, cover: 0 };
	for (let factor = 1.1; factor < 40 && best.cover < 0.8; factor *= 1.05) {
		const ranges = judged.map(({ claim, realMs }) => {
			const estimateMs = claim.peers["queue x mean / open counters"];
			const [lowMs, highMs] = [estimateMs / factor, Math.max(estimateMs * factor, 5 * MINUTE)];
			return { width: highMs - lowMs, holds: lowMs <= realMs && realMs <= highMs };
		});
		best = {
			widthMinutes: ranges.reduce((sum, { width }) => sum + width, 0) / ranges.length / MINUTE,
			cover: ranges.filter(({ holds }) => holds).length / ranges.length,
		};
	}
	return best;
}

function peerRange(estimateMs: number, { low, high }: Reach): { lowMs: number; highMs: number } {
	return { lowMs: Math.max(0, estimateMs + low), highMs: Math.max(0, estimateMs + high) };
}
