import type { Messages } from "../messages/messages.ts";
import { ACTION_KEYS, type KeyedAction } from "../state/actions.ts";
import dialogStyles from "./action-dialog.module.css";
import { Dialog } from "./dialog.tsx";
import styles from "./ticket-dialog.module.css";

const KEYED = Object.keys(ACTION_KEYS) as KeyedAction[];

/** The sheet of all keys. */
export function KeysDialog({ messages, onDismiss }: { messages: Messages; onDismiss(): void }) {
	const { t } = messages;
	return (
		<Dialog wide title={t("keysTitle")} onDismiss={onDismiss}>
			<dl className={styles.keys}>
				{KEYED.map((action) => (
					<div key={action}>
						<dt>{t(`action_${action}`)}</dt>
						<dd>
							<kbd>{ACTION_KEYS[action]}</kbd>
							{action === "next" && <kbd>{t("orSpace")}</kbd>}
						</dd>
					</div>
				))}
				<div>
					<dt>{t("keyFind")}</dt>
					<dd>
						<kbd>{t("keyDigits")}</kbd>
					</dd>
				</div>
				<div>
					<dt>{t("keyThis")}</dt>
					<dd>
						<kbd>?</kbd>
					</dd>
				</div>
			</dl>
			<p>{t("keysGuard")}</p>
			<form method="dialog">
				<div className={dialogStyles.decision} data-alone>
					<button type="submit" data-first className={dialogStyles.decide}>
						{t("close")}
					</button>
				</div>
			</form>
		</Dialog>
	);
}
