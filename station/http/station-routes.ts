import { withEventMeta } from "@orpc/server";
import type { Health } from "../../protocol/api/health.ts";
import { printerAdvice } from "../printing/queue/advice.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireLanguage } from "./params.ts";
import { requireKiosk } from "./request-source.ts";
import type { RouterParts } from "./router-deps.ts";

/** What the station tells of itself, and what it is told of its words and its paper. */
export function makeStationRoutes(parts: RouterParts, guards: Guards) {
	const { catalogue, tickets, board, clock } = parts;
	const { signedIn } = guards;

	return {
		board: {
			read: os.board.read.handler(() => tickets.board(clock())),
			events: os.board.events.handler(async function* ({ signal }) {
				for await (const picture of board.follow(signal)) yield withEventMeta(picture, { id: String(picture.seq) });
			}),
		},
		speech: {
			read: os.speech.read.handler(({ input }) => parts.speech.read(requireLanguage(input.language))),
		},
		words: {
			damaged: os.words.damaged.handler(({ input, context }) => {
				requireKiosk(context, parts.kioskKey);
				parts.damagedWords.tell(requireLanguage(input.language));
			}),
		},
		health: {
			read: os.health.read.handler((): Health => {
				const printer = parts.printerStatus();
				return {
					version: parts.version,
					site: catalogue.clock.id,
					seq: tickets.seq(),
					startedAt: parts.startedAt,
					network: parts.network(clock()),
					sync: parts.sync(),
					speech: parts.speech.health(),
					damagedWords: parts.damagedWords.list(),
					printer: {
						...printer,
						proof: parts.printerProof,
						ticketsSinceRoll: parts.ledger.ticketsSinceRoll(),
						unprinted: parts.ledger.unprinted(clock()),
						advice: printerAdvice(printer),
					},
				};
			}),
		},
		printer: {
			rollChanged: os.printer.rollChanged.handler(({ context }) => {
				const { staffId } = signedIn(context);
				parts.ledger.rollChanged(clock(), staffId);
			}),
		},
	};
}
