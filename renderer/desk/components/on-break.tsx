import type { PauseReason } from "../../../protocol/model/staff.ts";
import type { Messages } from "../messages/messages.ts";
import { PAUSE_MESSAGES } from "../messages/model-messages.ts";
import styles from "./free-counter.module.css";

interface OnBreakProps {
	/** The station's clock. */
	since: number;
	reason: PauseReason | null;
	/** Above a ticket it is a line, not a screen. */
	hasTicket: boolean;
	messages: Messages;
	clock(instant: number): string;
	onExplain(reason: PauseReason): void;
}

const REASONS = Object.keys(PAUSE_MESSAGES) as PauseReason[];

/** Since when this counter is on a break, and why. */
export function OnBreak({ since, reason, hasTicket, messages, clock, onExplain }: OnBreakProps) {
	const { t } = messages;
	return (
		<div className={hasTicket ? styles.breakLine : styles.free}>
			<p className={styles.freeTitle}>{t("onBreak")}</p>
			<p>{t("onBreakSince", { time: clock(since) })}</p>
			<fieldset className={styles.reasons}>
				<legend>{t("breakReason")}</legend>
				{REASONS.map((one) => (
					<button
						key={one}
						type="button"
						aria-pressed={reason === one}
						onMouseDown={(event) => event.preventDefault()}
						onClick={() => onExplain(one)}
					>
						{t(PAUSE_MESSAGES[one])}
					</button>
				))}
			</fieldset>
		</div>
	);
}
