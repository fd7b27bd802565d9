import { Refusal } from "../refusal.ts";
import { type CallContext, os } from "./call.ts";
import { isOwnKiosk } from "./request-source.ts";
import type { RouterDeps } from "./router-deps.ts";

/** The window of the station's own kiosk. */
export function makeStaffGateRoutes({ staffGate, kioskKey }: RouterDeps) {
	const requireOwnKiosk = (context: CallContext) => {
		if (!isOwnKiosk(context, kioskKey)) throw new Refusal("KIOSK_KEY_REQUIRED");
	};
	return {
		act: os.staffGate.act.handler(async ({ input, context }) => {
			requireOwnKiosk(context);
			await staffGate.act(input);
		}),
		read: os.staffGate.read.handler(({ context }) => {
			requireOwnKiosk(context);
			return { isLeaving: staffGate.takeLeave() };
		}),
	};
}
