import { digestOfCode } from "../appointments/expected-visits.ts";
import { Refusal } from "../refusal.ts";
import { listCounters, listTopics } from "../staff/supervision.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireCounter, requireTopic } from "./params.ts";
import type { RouterParts } from "./router-deps.ts";

/** What supervisors do, and the devices that they let in. */
export function makeSupervisionRoutes(parts: RouterParts, guards: Guards) {
	const { catalogue, tickets, sessions, settings, board, clock } = parts;
	const { signedIn, supervising, pairGuarded } = guards;

	const readEnrolment = () => {
		const { server, reachable, heardAt, refused, unsent } = parts.sync();
		return { site: catalogue.clock.id, server, reachable, heardAt, refused, unsent };
	};

	return {
		supervision: {
			counters: os.supervision.counters.handler(({ context }) => {
				signedIn(context);
				const now = clock();
				return {
					at: now,
					counters: listCounters(catalogue.counters, sessions.list(now), tickets.queue(now), settings),
				};
			}),
			setCounter: os.supervision.setCounter.handler(({ input: { counter, ...setting }, context }) => {
				const { staffId } = supervising(context);
				requireCounter(catalogue, counter);
				for (const topic of setting.topics ?? []) requireTopic(catalogue, topic);
				settings.setCounter(counter, setting, { by: staffId, now: clock() });
				return setting;
			}),
			move: os.supervision.move.handler(({ input: { counter, to }, context }) => {
				const { staffId } = supervising(context);
				requireCounter(catalogue, counter);
				requireCounter(catalogue, to);
				const now = clock();
				const moved = sessions.list(now).find((session) => session.counter === counter);
				if (!moved) throw new Refusal("COUNTER_UNSTAFFED", { counter });
				sessions.move(moved, { counter: to, by: staffId, now });
				board.touch();
			}),
			topics: os.supervision.topics.handler(({ context }) => {
				signedIn(context);
				const now = clock();
				return {
					at: now,
					topics: listTopics(catalogue.topicIds, tickets.serviceDay(now), tickets.queue(now), settings),
				};
			}),
			setTopic: os.supervision.setTopic.handler(({ input: { topic, ...setting }, context }) => {
				const { staffId } = supervising(context);
				requireTopic(catalogue, topic);
				settings.setTopic(topic, setting, { by: staffId, now: clock() });
				return setting;
			}),
			audit: os.supervision.audit.handler(({ input, context }) => {
				supervising(context);
				return { entries: parts.audit(input) };
			}),
		},
		visits: {
			book: os.visits.book.handler(({ input, context }) => {
				const { staffId } = supervising(context);
				for (const { topic } of input.appointments) requireTopic(catalogue, topic);
				return parts.visits.expect(
					input.appointments.map(({ code, ...booking }) => ({
						...booking,
						kind: "appointment",
						codeDigest: digestOfCode(code),
					})),
					input.calledOff,
					{ now: clock(), by: staffId },
				);
			}),
		},
		device: {
			read: os.device.read.handler(({ context }) => {
				const { peer, device } = context;
				if (device) context.keepCredential();
				const isHere = peer.kind !== "network";
				return {
					site: catalogue.clock.id,
					from: isHere ? "machine" : "network",
					device: device ? { kind: device.kind, name: device.name } : null,
					network: isHere ? parts.network(clock()) : null,
				};
			}),
			pair: os.device.pair.handler(({ input, context }) => {
				const { device, credential } = pairGuarded(context, input.code);
				context.keepCredential(credential);
				return device;
			}),
		},
		devices: {
			list: os.devices.list.handler(({ context }) => {
				supervising(context);
				const now = clock();
				return { at: now, network: parts.network(now), devices: parts.pairing.list() };
			}),
			makeCode: os.devices.makeCode.handler(({ input, context }) => {
				const { staffId: by } = supervising(context);
				return parts.pairing.makeCode(input, { now: clock(), by });
			}),
			remove: os.devices.remove.handler(({ input, context }) => {
				const { staffId: by } = supervising(context);
				if (!parts.pairing.remove(input.id, { now: clock(), by }))
					throw new Refusal("DEVICE_UNKNOWN", { device: input.id });
			}),
		},
		enrolment: {
			read: os.enrolment.read.handler(({ context }) => {
				supervising(context);
				return readEnrolment();
			}),
			make: os.enrolment.make.handler(async ({ input, context }) => {
				supervising(context);
				await parts.enrol(input);
				return readEnrolment();
			}),
		},
	};
}
