import type { Queue, QueueEntry } from "../../../protocol/api/board.ts";
import type { Health } from "../../../protocol/api/health.ts";
import type { Words } from "../messages/messages.ts";
import { ACT_KEYS, type DeskAct, type PaperAct } from "../state/actions.ts";
import { type Copies, countUnprinted, printerLevel } from "../state/ticket-paper.ts";
import styles from "./printer-panel.module.css";
import shared from "./shared.module.css";

interface PrinterPanelProps {
	queue: Queue;
	copies: Copies;
	/** Null until the station has told it. */
	printer: Health["printer"] | null;
	/** What one press prints again; null where nothing may be printed again now. */
	reprint: QueueEntry | null;
	newRollOffered: boolean;
	busy: DeskAct | null;
	words: Words;
	/** The station's clock. */
	now: number;
	onAct(act: PaperAct): void;
}

/** The printer in sentences that say what to do, and what staff can do for a ticket's paper. One quiet line while all is well. */
export function PrinterPanel(props: PrinterPanelProps) {
	const { queue, copies, printer, reprint, newRollOffered, busy, words, now, onAct } = props;
	const { condition, reason, paperNearEnd } = queue.printer;
	const level = printerLevel(queue.printer);
	const unprinted = countUnprinted(queue, copies, now);
	return (
		<section className={styles.printer} data-level={level} aria-label={words.say("printer")}>
			<div role="status" className={styles.printerState}>
				<p className={styles.printerSentence}>
					<span aria-hidden="true" className={shared.sign}>
						{level === "well" ? "✓" : "!"}
					</span>
					{level === "warning" ? words.say("paperNearEnd") : words.say(`printer_${reason ?? condition}`)}
				</p>
				{level === "trouble" && paperNearEnd && <p className={styles.printerAside}>{words.say("paperNearEnd")}</p>}
				{unprinted > 0 && (
					<p className={`${shared.mark} ${styles.unprinted}`}>{words.say("unprinted", { count: unprinted })}</p>
				)}
				{printer?.proof === "sent" && <p className={styles.printerAside}>{words.say("unprovenPrinter")}</p>}
			</div>
			<div className={styles.printerActs}>
				{printer !== null && (
					<p className={styles.rollCount}>{words.say("sinceRoll", { count: printer.ticketsSinceRoll })}</p>
				)}
				<PaperButton
					act="new-roll"
					offered={newRollOffered}
					busy={busy}
					label={words.say("act_new-roll")}
					onAct={onAct}
				/>
				<PaperButton
					act="reprint"
					offered={reprint !== null}
					busy={busy}
					label={words.say("act_reprint")}
					number={reprint?.number}
					onAct={onAct}
				/>
			</div>
		</section>
	);
}

interface PaperButtonProps extends Pick<PrinterPanelProps, "busy" | "onAct"> {
	act: "reprint" | "new-roll";
	offered: boolean;
	label: string;
	/** The ticket that it is about. */
	number?: string | undefined;
}

/** Like the acts' buttons: one that may not be pressed stays in its place and keeps the focus. */
function PaperButton({ act, offered, busy, label, number, onAct }: PaperButtonProps) {
	const key = act === "reprint" ? ACT_KEYS[act] : undefined;
	return (
		<button
			type="button"
			className={styles.paperAct}
			aria-disabled={!offered}
			aria-busy={busy === act}
			aria-keyshortcuts={key}
			onMouseDown={(event) => event.preventDefault()}
			onClick={() => onAct(act)}
		>
			<span>
				{label}
				{number !== undefined && (
					<>
						{" "}
						<bdi dir="ltr">{number}</bdi>
					</>
				)}
			</span>
			{key !== undefined && (
				<span aria-hidden="true" className={shared.keys}>
					<kbd>{key}</kbd>
				</span>
			)}
		</button>
	);
}
