import type { HelpCall } from "../../../protocol/api/board.ts";
import { nameFor } from "../messages/language-names.ts";
import type { Words } from "../messages/messages.ts";
import { ACT_KEYS, type DeskAct } from "../state/actions.ts";
import styles from "./notice-bar.module.css";

interface HelpBarProps {
	help: HelpCall | null;
	busy: DeskAct | null;
	words: Words;
	clock(instant: number): string;
	onAnswer(): void;
}

/** Somebody stands at the kiosk and needs a member of staff: said until one goes. */
export function HelpBar({ help, busy, words, clock, onAnswer }: HelpBarProps) {
	return (
		<div role="alert" className={styles.noticePlace}>
			{help !== null && (
				<div className={styles.notice} data-kind="help">
					<p>
						{help.language === null
							? words.say("helpAsked", { time: clock(help.since) })
							: words.say("helpAskedIn", {
									time: clock(help.since),
									language: nameFor(help.language, words.language),
								})}
					</p>
					<button
						type="button"
						aria-keyshortcuts={ACT_KEYS.help}
						aria-busy={busy === "help"}
						onMouseDown={(event) => event.preventDefault()}
						onClick={onAnswer}
					>
						{words.say("act_help")}
						<kbd>{ACT_KEYS.help}</kbd>
					</button>
				</div>
			)}
		</div>
	);
}
