import type { OpenHelpCall } from "../../../protocol/api/board.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, type DeskAction } from "../state/actions.ts";
import styles from "./notice-bar.module.css";

interface HelpBarProps {
	calls: readonly OpenHelpCall[];
	busy: DeskAction | null;
	messages: Messages;
	clock(instant: number): string;
	onAnswer(call: number): void;
}

/** Visitors at kiosks ask for help, one line for each kiosk. It stays until a member of staff goes there. */
export function HelpBar({ calls, busy, messages, clock, onAnswer }: HelpBarProps) {
	return (
		<div role="alert" className={styles.noticePlace}>
			{calls.map((call, index) => (
				<div key={call.id} className={styles.notice} data-kind="help">
					<p>{helpText(call, messages, clock)}</p>
					<button
						type="button"
						aria-keyshortcuts={index === 0 ? ACTION_KEYS.help : undefined}
						aria-busy={busy === "help"}
						onMouseDown={(event) => event.preventDefault()}
						onClick={() => onAnswer(call.id)}
					>
						{messages.t("action_help")}
						{index === 0 && <kbd>{ACTION_KEYS.help}</kbd>}
					</button>
				</div>
			))}
		</div>
	);
}

/** Who asks, in which language, since when. */
export function helpText(
	{ kiosk, language, since }: OpenHelpCall,
	{ t, language: own }: Messages,
	clock: HelpBarProps["clock"],
) {
	const time = clock(since);
	if (language === null) return kiosk === null ? t("helpAsked", { time }) : t("helpAtKiosk", { kiosk, time });
	const name = languageNameIn(language, own);
	return kiosk === null
		? t("helpAskedIn", { time, language: name })
		: t("helpAtKioskIn", { kiosk, time, language: name });
}
