import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, ACTIONS, type Action, type DeskAction } from "../state/actions.ts";
import styles from "./action-buttons.module.css";
import shared from "./shared.module.css";

interface ActionButtonsProps {
	offered: readonly Action[];
	busy: DeskAction | null;
	messages: Messages;
	onAction(action: Action): void;
}

/** The usual next step of a ticket's way; recall and no-show are the exceptions. */
const MAIN_ACTIONS: readonly Action[] = ["next", "start", "finish"];

/** Buttons that may not be pressed stay where they are and keep the focus: `aria-disabled`, not `disabled`. */
export function ActionButtons({ offered, busy, messages, onAction }: ActionButtonsProps) {
	return (
		<fieldset aria-label={messages.t("actions")} className={styles.acts}>
			{ACTIONS.map((action) => (
				<button
					key={action}
					type="button"
					className={MAIN_ACTIONS.includes(action) ? styles.mainAct : styles.act}
					aria-disabled={!offered.includes(action)}
					aria-busy={busy === action}
					aria-keyshortcuts={action === "next" ? "N Space Enter" : ACTION_KEYS[action]}
					// The mouse leaves the focus where it is, so that Space goes on calling the next.
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => onAction(action)}
				>
					<span>{messages.t(`action_${action}`)}</span>
					<span aria-hidden="true" className={shared.keys}>
						<kbd>{ACTION_KEYS[action]}</kbd>
						{action === "next" && <kbd>{messages.t("orSpace")}</kbd>}
					</span>
				</button>
			))}
		</fieldset>
	);
}
