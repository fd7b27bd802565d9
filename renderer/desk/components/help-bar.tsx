import type { HelpCall } from "../../../protocol/api/board.ts";
import { nameFor } from "../messages/language-names.ts";
import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, type DeskAction } from "../state/actions.ts";
import styles from "./notice-bar.module.css";

interface HelpBarProps {
	help: HelpCall | null;
	busy: DeskAction | null;
	messages: Messages;
	clock(instant: number): string;
	onAnswer(): void;
}

/** Somebody stands at the kiosk and needs a member of staff: said until one goes. */
export function HelpBar({ help, busy, messages, clock, onAnswer }: HelpBarProps) {
	return (
		<div role="alert" className={styles.noticePlace}>
			{help !== null && (
				<div className={styles.notice} data-kind="help">
					<p>
						{help.language === null
							? messages.t("helpAsked", { time: clock(help.since) })
							: messages.t("helpAskedIn", {
									time: clock(help.since),
									language: nameFor(help.language, messages.language),
								})}
					</p>
					<button
						type="button"
						aria-keyshortcuts={ACTION_KEYS.help}
						aria-busy={busy === "help"}
						onMouseDown={(event) => event.preventDefault()}
						onClick={onAnswer}
					>
						{messages.t("action_help")}
						<kbd>{ACTION_KEYS.help}</kbd>
					</button>
				</div>
			)}
		</div>
	);
}
