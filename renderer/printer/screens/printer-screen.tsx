import { useSyncExternalStore } from "react";
import type { PrinterParts } from "../../../protocol/api/printer-simulator.ts";
import type { Store } from "../../ui/store.ts";
import { Hand } from "../components/controls.tsx";
import { Paper } from "../components/paper.tsx";
import type { PrinterLanguage, Say } from "../messages/messages.ts";
import css from "../printer.module.css";
import { type PrinterEvent, type PrinterState, statusOf } from "../state/state.ts";

interface Props {
	store: Store<PrinterState, PrinterEvent>;
	language: PrinterLanguage;
	say: Say;
	change(parts: Partial<PrinterParts>): void;
}

export function PrinterScreen({ store, language, say, change }: Props) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const { picture, failure } = state;
	const { word, mood } = statusOf(state);
	const parts = state.link === "open" ? picture?.parts : undefined;
	const refused = picture?.refused.at(-1);
	const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium", hourCycle: "h23" });
	return (
		<div className={css.page}>
			<main className={css.machine}>
				<h1 className={css.title}>{say("title")}</h1>
				<p className={css.status} data-mood={mood} role="status">
					{say(word)}
				</p>
				{refused !== undefined && (
					<p className={css.fault} lang="en">
						{refused}
					</p>
				)}
				<section className={css.hands} aria-label={say("hands")}>
					<Hand part="power" choices={["on", "off"]} parts={parts} say={say} change={change} />
					<Hand part="cover" choices={["closed", "open"]} parts={parts} say={say} change={change} />
					<Hand part="paper" choices={["full", "near-end", "out"]} parts={parts} say={say} change={change} />
					<Hand part="cutter" choices={["free", "jammed"]} parts={parts} say={say} change={change} />
				</section>
				{failure !== null && (
					<p className={css.fault} role="alert">
						{say("failed")} <span lang="en">{failure}</span>
					</p>
				)}
			</main>
			<section className={css.outlet} aria-label={say("pieces")}>
				<div className={css.slot} data-cover={picture?.parts.cover} aria-hidden="true" />
				{picture?.pieces.length ? (
					<ol className={css.pieces} aria-live="polite" aria-relevant="additions">
						{picture.pieces.map((piece) => (
							<Paper key={`${piece.id} ${piece.at}`} piece={piece} time={clock.format(piece.at)} say={say} />
						))}
					</ol>
				) : (
					<p className={css.empty}>{say("empty")}</p>
				)}
			</section>
		</div>
	);
}
