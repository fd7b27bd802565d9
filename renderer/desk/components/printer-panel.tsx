import type { Queue, QueueEntry } from "../../../protocol/api/board.ts";
import type { Health } from "../../../protocol/api/health.ts";
import type { StatePart } from "../../../protocol/model/print.ts";
import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, type DeskAction, type PaperAction } from "../state/actions.ts";
import { type Copies, countUnprinted, hasSentOnly, printerLevel } from "../state/ticket-paper.ts";
import styles from "./printer-panel.module.css";
import shared from "./shared.module.css";

interface PrinterPanelProps {
	queue: Queue;
	copies: Copies;
	/** Null until the station's first health report. */
	printer: Health["printer"] | null;
	/** The ticket that the reprint button prints; null where there is none. */
	reprintable: QueueEntry | null;
	canReportNewRoll: boolean;
	busy: DeskAction | null;
	messages: Messages;
	/** The station's clock. */
	now: number;
	/** Shows an instant as a time of the day. */
	clock(instant: number): string;
	onAction(action: PaperAction): void;
}

/** The printer in sentences that say what to do, and the actions for paper. One quiet line while the printer works. */
export function PrinterPanel(props: PrinterPanelProps) {
	const { queue, copies, printer, reprintable, canReportNewRoll, busy, messages, now, clock, onAction } = props;
	const { condition, reason, paperNearEnd, insteadOf } = queue.printer;
	const level = printerLevel(queue.printer);
	const unprinted = countUnprinted(queue, copies, now);
	return (
		<section className={styles.printer} data-level={level} aria-label={messages.t("printer")}>
			<div role="status" className={styles.printerState}>
				<p className={styles.printerSentence}>
					<span aria-hidden="true" className={shared.sign}>
						{level === "well" ? "✓" : "!"}
					</span>
					{insteadOf
						? messages.t("standbyPrints", { time: clock(insteadOf.since) })
						: level === "warning"
							? messages.t("paperNearEnd")
							: messages.t(`printer_${reason ?? condition}`)}
				</p>
				{insteadOf && (
					<p className={styles.printerAside}>
						{messages.t("firstPrinter", { why: messages.t(`printer_${insteadOf.reason ?? insteadOf.condition}`) })}
					</p>
				)}
				{insteadOf && paperNearEnd && <p className={styles.printerAside}>{messages.t("paperNearEnd")}</p>}
				{level === "trouble" && paperNearEnd && <p className={styles.printerAside}>{messages.t("paperNearEnd")}</p>}
				{unprinted > 0 && (
					<p className={`${shared.mark} ${styles.unprinted}`}>{messages.t("unprinted", { count: unprinted })}</p>
				)}
				<Unproven queue={queue} printer={printer} messages={messages} />
			</div>
			<div className={styles.printerActions}>
				{printer !== null && (
					<p className={styles.rollCount}>{messages.t("sinceRoll", { count: printer.ticketsSinceRoll })}</p>
				)}
				<PaperButton
					action="new-roll"
					available={canReportNewRoll}
					busy={busy}
					label={messages.t("action_new-roll")}
					onAction={onAction}
				/>
				<PaperButton
					action="reprint"
					available={reprintable !== null}
					busy={busy}
					label={messages.t("action_reprint")}
					number={reprintable?.number}
					onAction={onAction}
				/>
			</div>
		</section>
	);
}

/** That tickets are not confirmed, where a printer cannot do it: in one line, whatever their number. */
function Unproven({ queue, printer, messages }: Pick<PrinterPanelProps, "queue" | "printer" | "messages">) {
	// What is known of abilities is about the first printer, not about a stand-by or a kiosk's own.
	const cannotConfirm = printer !== null && printer.proof !== null && printer.proof !== "confirmed";
	if (queue.printer.insteadOf || !cannotConfirm) {
		return hasSentOnly(queue) && <p className={styles.printerAside}>{messages.t("unprovenTickets")}</p>;
	}
	const reports = printer.abilities?.reports ?? [];
	return (
		<p className={styles.printerAside} title={printer.description ?? undefined}>
			{reports.length > 0
				? messages.t("unprovenPrinterReports", { parts: nameParts(reports, messages) })
				: messages.t("unprovenPrinter")}
		</p>
	);
}

/** "paper, cover and errors". What it says of itself as a whole goes without saying beside a part. */
function nameParts(reports: readonly StatePart[], messages: Messages): string {
	const detailed = reports.filter((part) => part !== "online");
	const names = (detailed.length > 0 ? detailed : reports).map((part) => messages.t(`part_${part}`));
	return new Intl.ListFormat(messages.language === "en" ? "en-GB" : messages.language).format(names);
}

interface PaperButtonProps extends Pick<PrinterPanelProps, "busy" | "onAction"> {
	action: "reprint" | "new-roll";
	available: boolean;
	label: string;
	/** The ticket to print. */
	number?: string | undefined;
}

/** Like the action buttons: an unavailable one stays in its place and keeps the focus. */
function PaperButton({ action, available, busy, label, number, onAction }: PaperButtonProps) {
	const key = action === "reprint" ? ACTION_KEYS[action] : undefined;
	return (
		<button
			type="button"
			className={styles.paperButton}
			aria-disabled={!available}
			aria-busy={busy === action}
			aria-keyshortcuts={key}
			onMouseDown={(event) => event.preventDefault()}
			onClick={() => onAction(action)}
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
