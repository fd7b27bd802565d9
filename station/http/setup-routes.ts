import { Refusal } from "../refusal.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireLanguage } from "./params.ts";
import { isOwnKiosk } from "./request-source.ts";
import type { RouterDeps } from "./router-deps.ts";

/** How the station is set up: at its own kiosk until there is a supervisor, later by supervisors. */
export function makeSetupRoutes({ setup, firstStart, kioskKey }: RouterDeps, { requireInstaller }: Guards) {
	return {
		read: os.setup.read.handler(({ context }) => {
			requireInstaller(context);
			return { isFirstStart: firstStart.isOpen(), withoutPin: firstStart.withoutPin(), ...setup.read() };
		}),
		sites: os.setup.sites.handler(({ input, context }) => {
			requireInstaller(context);
			return { sites: setup.sites(requireLanguage(input.language)) };
		}),
		chooseSite: os.setup.chooseSite.handler(({ input, context }) => {
			requireInstaller(context);
			setup.chooseSite(input.site);
		}),
		printers: os.setup.printers.handler(({ context }) => {
			requireInstaller(context);
			return setup.printers();
		}),
		scanNetwork: os.setup.scanNetwork.handler(({ context }) => {
			requireInstaller(context);
			setup.scanNetwork();
			return setup.printers();
		}),
		choosePrinter: os.setup.choosePrinter.handler(async ({ input, context }) => {
			requireInstaller(context);
			await setup.choosePrinter(input.address);
		}),
		addSupervisor: os.setup.addSupervisor.handler(async ({ input, context }) => {
			if (!isOwnKiosk(context, kioskKey)) throw new Refusal("KIOSK_KEY_REQUIRED");
			return firstStart.addSupervisor(input);
		}),
	};
}
