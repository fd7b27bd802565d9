import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, type DeskAction, type KeyedAction, TICKET_ACTIONS } from "../state/actions.ts";
import styles from "./action-dialog.module.css";

/** In the order of the two rows. */
const BUTTONS = [
	"outcome",
	...TICKET_ACTIONS,
	"note",
	"phrases",
	"issue",
	"break",
] as const satisfies readonly KeyedAction[];
type Button = (typeof BUTTONS)[number];

interface TicketActionButtonsProps {
	offered: readonly Button[];
	/** The break's button ends it then. */
	paused: boolean;
	busy: DeskAction | null;
	messages: Messages;
	onAction(action: Button): void;
}

/** The rarer acts, in two low rows above the usual ones. */
export function TicketActionButtons({ offered, paused, busy, messages, onAction }: TicketActionButtonsProps) {
	return (
		<fieldset aria-label={messages.t("moreActs")} className={styles.more}>
			{BUTTONS.map((action) => (
				<button
					key={action}
					type="button"
					aria-disabled={!offered.includes(action)}
					aria-busy={busy === action || (action === "break" && busy === "resume")}
					aria-keyshortcuts={ACTION_KEYS[action]}
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => onAction(action)}
				>
					<span>{messages.t(action === "break" && paused ? "action_resume" : `action_${action}`)}</span>
					<span aria-hidden="true">
						<kbd>{ACTION_KEYS[action]}</kbd>
					</span>
				</button>
			))}
		</fieldset>
	);
}
