import { useSyncExternalStore } from "react";
import { formatSeconds } from "../../i18n/format-time.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Store } from "../../ui/store.ts";
import { Controls } from "../components/controls.tsx";
import { Paper } from "../components/paper.tsx";
import type { PrinterEffects } from "../effects/printer-effects.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../printer.module.css";
import { type PrinterEvent, type PrinterState, statusOf } from "../state/state.ts";

interface PrinterScreenProps {
	store: Store<PrinterState, PrinterEvent>;
	printer: PrinterEffects;
	language: StaffLanguage;
	t: Translate;
}

export function PrinterScreen({ store, printer, language, t }: PrinterScreenProps) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const { snapshot, failure } = state;
	const { message, level } = statusOf(state);
	const refused = snapshot?.refused.at(-1);
	return (
		<div className={styles.page}>
			<main className={styles.printer}>
				<h1 className={styles.title}>{t("title")}</h1>
				<p className={styles.status} data-level={level} role="status">
					{t(message)}
				</p>
				{refused !== undefined && (
					<p className={styles.error} lang="en">
						{refused}
					</p>
				)}
				{snapshot !== null && snapshot.behaviours.length > 0 && (
					<dl className={styles.behaviours} lang="en">
						{snapshot.behaviours.map(({ name, meaning }) => (
							<div key={name}>
								<dt>{name}</dt>
								<dd>{meaning}</dd>
							</div>
						))}
					</dl>
				)}
				<Controls
					controls={state.link === "open" ? snapshot?.parts : undefined}
					t={t}
					setControls={(change) => void printer.setControls(change)}
				/>
				{failure !== null && (
					<p className={styles.error} role="alert">
						{t("failed")} <span lang="en">{failure}</span>
					</p>
				)}
			</main>
			<section className={styles.outlet} aria-label={t("pieces")}>
				<div className={styles.slot} data-cover={snapshot?.parts.cover} aria-hidden="true" />
				{snapshot?.pieces.length ? (
					<ol className={styles.pieces} aria-live="polite" aria-relevant="additions">
						{snapshot.pieces.map((piece) => (
							<Paper key={`${piece.id} ${piece.at}`} piece={piece} time={formatSeconds(piece.at, language)} t={t} />
						))}
					</ol>
				) : (
					<p className={styles.empty}>{t("empty")}</p>
				)}
			</section>
		</div>
	);
}
