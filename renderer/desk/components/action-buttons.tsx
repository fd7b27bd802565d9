import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, type Action, type DeskAction } from "../state/actions.ts";
import styles from "./action-buttons.module.css";
import shared from "./shared.module.css";

interface ActionButtonsProps {
	available: readonly MainAction[];
	busy: DeskAction | null;
	messages: Messages;
	onAction(action: MainAction): void;
}

type MainAction = Action | "finish-next";
const BUTTONS: readonly MainAction[] = ["next", "recall", "start", "no-show", "finish", "finish-next"];

/** The usual next step for a ticket; recall and no-show are the exceptions. */
const MAIN_ACTIONS: readonly MainAction[] = ["next", "start", "finish", "finish-next"];

/** Unavailable buttons stay in their place and keep the focus: `aria-disabled`, not `disabled`. */
export function ActionButtons({ available, busy, messages, onAction }: ActionButtonsProps) {
	return (
		<fieldset aria-label={messages.t("actions")} className={styles.actions}>
			{BUTTONS.map((action) => (
				<button
					key={action}
					type="button"
					className={MAIN_ACTIONS.includes(action) ? styles.mainAction : styles.action}
					aria-disabled={!available.includes(action)}
					aria-busy={busy === action}
					aria-keyshortcuts={action === "next" ? "N Space Enter" : ACTION_KEYS[action]}
					// The mouse does not move the focus, so that Space still calls the next visitor.
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
