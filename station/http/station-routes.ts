import type { Health } from "../../protocol/api/health.ts";
import { clockHealth } from "../clock/clock-health.ts";
import { printerAdvice } from "../printing/queue/printer-advice.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireLanguage } from "./params.ts";
import { requireKiosk } from "./request-source.ts";
import type { RouterDeps } from "./router-deps.ts";

/** What the station tells of itself, and what it is told of its words and its paper. */
export function makeStationRoutes(deps: RouterDeps, guards: Guards) {
	const { catalogue, tickets, clock } = deps;
	const { requireSession, requireInstaller } = guards;

	return {
		board: {
			read: os.board.read.handler(() => tickets.board(clock())),
			reportSound: os.board.reportSound.handler(({ input }) => deps.boardSound.report(input, clock())),
		},
		speech: {
			read: os.speech.read.handler(({ input }) => deps.speech.read(requireLanguage(input.language))),
		},
		messages: {
			reportDamaged: os.messages.reportDamaged.handler(({ input, context }) => {
				requireKiosk(context, deps.kioskKey);
				deps.damagedMessages.report(requireLanguage(input.language));
			}),
		},
		health: {
			read: os.health.read.handler((): Health => {
				const printer = deps.printerStatus();
				return {
					version: deps.version,
					site: catalogue.clock.id,
					seq: tickets.seq(),
					startedAt: deps.startedAt,
					clock: clockHealth(deps.trustedClock),
					disk: deps.disk(),
					network: deps.network(clock()),
					sync: deps.sync(),
					calendar: deps.calendar?.health() ?? null,
					speech: deps.speech.health(),
					damagedMessages: deps.damagedMessages.list(),
					outdatedTopics: catalogue.outdatedTopics(clock()),
					searchMisses: deps.searchMisses.list(),
					printer: {
						...printer,
						...deps.describePrinter(),
						ticketsSinceRoll: deps.printJobs.ticketsSinceRoll(),
						unprinted: deps.printJobs.unprinted(clock()),
						advice: printerAdvice(printer),
					},
					otherPrinters: deps.otherPrinters(),
				};
			}),
		},
		printer: {
			rollChanged: os.printer.rollChanged.handler(({ context }) => {
				const { staffId } = requireSession(context);
				deps.printJobs.rollChanged(clock(), staffId);
			}),
			readSetup: os.printer.readSetup.handler(({ context }) => {
				requireInstaller(context);
				return deps.printerSetup.read();
			}),
			printSheet: os.printer.printSheet.handler(async ({ input, context }) => {
				requireInstaller(context);
				await deps.printerSetup.printSheet(input.profile);
			}),
			keepSetup: os.printer.keepSetup.handler(async ({ input, context }) => {
				requireInstaller(context);
				await deps.printerSetup.keep(input);
				return deps.printerSetup.read();
			}),
		},
	};
}
