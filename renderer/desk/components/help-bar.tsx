import type { HelpCall } from "../../../protocol/api/board.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
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

/** A visitor at the kiosk asks for help. It stays until a member of staff goes there. */
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
									language: languageNameIn(help.language, messages.language),
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
