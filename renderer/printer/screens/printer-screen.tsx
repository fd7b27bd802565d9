import { useSyncExternalStore } from "react";
import type { PrinterDeps } from "../../../protocol/api/printer-simulator.ts";
import type { Store } from "../../ui/store.ts";
import { Hand } from "../components/controls.tsx";
import { Paper } from "../components/paper.tsx";
import type { PrinterLanguage, Translate } from "../messages/messages.ts";
import css from "../printer.module.css";
import { type PrinterEvent, type PrinterState, statusOf } from "../state/state.ts";

interface Props {
	store: Store<PrinterState, PrinterEvent>;
	language: PrinterLanguage;
	t: Translate;
	change(parts: Partial<PrinterDeps>): void;
}

export function PrinterScreen({ store, language, t, change }: Props) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const { picture, failure } = state;
	const { word, mood } = statusOf(state);
	const parts = state.link === "open" ? picture?.parts : undefined;
	const refused = picture?.refused.at(-1);
	const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium", hourCycle: "h23" });
	return (
		<div className={css.page}>
			<main className={css.machine}>
				<h1 className={css.title}>{t("title")}</h1>
				<p className={css.status} data-mood={mood} role="status">
					{t(word)}
				</p>
				{refused !== undefined && (
					<p className={css.fault} lang="en">
						{refused}
					</p>
				)}
				<section className={css.hands} aria-label={t("hands")}>
					<Hand part="power" choices={["on", "off"]} parts={parts} t={t} change={change} />
					<Hand part="cover" choices={["closed", "open"]} parts={parts} t={t} change={change} />
					<Hand part="paper" choices={["full", "near-end", "out"]} parts={parts} t={t} change={change} />
					<Hand part="cutter" choices={["free", "jammed"]} parts={parts} t={t} change={change} />
				</section>
				{failure !== null && (
					<p className={css.fault} role="alert">
						{t("failed")} <span lang="en">{failure}</span>
					</p>
				)}
			</main>
			<section className={css.outlet} aria-label={t("pieces")}>
				<div className={css.slot} data-cover={picture?.parts.cover} aria-hidden="true" />
				{picture?.pieces.length ? (
					<ol className={css.pieces} aria-live="polite" aria-relevant="additions">
						{picture.pieces.map((piece) => (
							<Paper key={`${piece.id} ${piece.at}`} piece={piece} time={clock.format(piece.at)} t={t} />
						))}
					</ol>
				) : (
					<p className={css.empty}>{t("empty")}</p>
				)}
			</section>
		</div>
	);
}
