import { Refusal } from "../refusal.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import type { RouterDeps } from "./router-deps.ts";

/** Devices of the site's network, and this one's enrolment at the server. */
export function makeDeviceRoutes(deps: RouterDeps, guards: Guards) {
	const { catalogue, clock } = deps;
	const { requireSupervisor, requireInstaller, pairGuarded } = guards;

	const readEnrolment = () => {
		const { server, reachable, lastSeenAt, refused, unsent } = deps.sync();
		const { preparedServer } = deps;
		return { site: catalogue.clock.id, preparedServer, server, reachable, lastSeenAt, refused, unsent };
	};

	return {
		device: {
			read: os.device.read.handler(({ context }) => {
				const { source: requestSource, device } = context;
				if (device) context.keepCredential();
				const isHere = requestSource.kind !== "network";
				return {
					site: catalogue.clock.id,
					from: isHere ? "machine" : "network",
					device: device ? { kind: device.kind, name: device.name } : null,
					network: isHere ? deps.network(clock()) : null,
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
				requireSupervisor(context);
				const now = clock();
				return { at: now, network: deps.network(now), devices: deps.pairing.list() };
			}),
			createCode: os.devices.createCode.handler(({ input, context }) => {
				const { staffId: by } = requireSupervisor(context);
				return deps.pairing.makeCode(input, { now: clock(), by });
			}),
			remove: os.devices.remove.handler(({ input, context }) => {
				const { staffId: by } = requireSupervisor(context);
				if (!deps.pairing.remove(input.id, { now: clock(), by }))
					throw new Refusal("DEVICE_UNKNOWN", { device: input.id });
			}),
		},
		enrolment: {
			read: os.enrolment.read.handler(({ context }) => {
				requireInstaller(context);
				return readEnrolment();
			}),
			enrol: os.enrolment.enrol.handler(async ({ input, context }) => {
				requireInstaller(context);
				await deps.enrol(input);
				return readEnrolment();
			}),
		},
	};
}
