import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, type DeskAction, type KeyedAction, TICKET_ACTIONS } from "../state/actions.ts";
import styles from "./action-dialog.module.css";

/** In the order of the rows. */
const BUTTONS = [
	"outcome",
	...TICKET_ACTIONS,
	"note",
	"phrases",
	"issue",
	"check-in",
	"break",
] as const satisfies readonly KeyedAction[];
type Button = (typeof BUTTONS)[number];

interface TicketActionButtonsProps {
	available: readonly Button[];
	/** What undo takes back; null where it can take back nothing. */
	undoText: string | null;
	/** On a break: the button ends it. */
	isPaused: boolean;
	busy: DeskAction | null;
	messages: Messages;
	onAction(action: Button): void;
}

/** The rarer actions, in low rows above the main ones. */
export function TicketActionButtons({
	available,
	isPaused,
	undoText,
	busy,
	messages,
	onAction,
}: TicketActionButtonsProps) {
	return (
		<fieldset aria-label={messages.t("moreActions")} className={styles.more}>
			{BUTTONS.map((action) => (
				<button
					key={action}
					type="button"
					aria-disabled={!available.includes(action)}
					aria-busy={busy === action || (action === "break" && busy === "resume")}
					aria-keyshortcuts={ACTION_KEYS[action]}
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => onAction(action)}
				>
					<span title={action === "undo" ? (undoText ?? undefined) : undefined}>
						{messages.t(action === "break" && isPaused ? "action_resume" : `action_${action}`)}
					</span>
					<span aria-hidden="true">
						<kbd>{ACTION_KEYS[action]}</kbd>
					</span>
				</button>
			))}
		</fieldset>
	);
}
