import type { Messages } from "../messages/messages.ts";
import { AUTO_START_CHOICES, type DeskSettings } from "../state/desk-settings.ts";
import styles from "./action-dialog.module.css";
import { Dialog } from "./dialog.tsx";

interface SettingsDialogProps {
	settings: DeskSettings;
	messages: Messages;
	onChange(settings: DeskSettings): void;
	onDismiss(): void;
}

const FLAGS = [
	["singleKeys", "settingKeys"],
	["sound", "settingSound"],
	["notifications", "settingNotify"],
] as const;

/** How this desk works. Each change counts at once. */
export function SettingsDialog({ settings, messages, onChange, onDismiss }: SettingsDialogProps) {
	const { t } = messages;
	const toggle = async (name: (typeof FLAGS)[number][0], isOn: boolean) => {
		// The browser asks once, and only after a touch.
		const isAllowed = name !== "notifications" || !isOn || (await Notification.requestPermission()) === "granted";
		onChange({ ...settings, [name]: isOn && isAllowed });
	};
	return (
		<Dialog title={t("settingsTitle")} onDismiss={onDismiss}>
			<form method="dialog">
				{FLAGS.map(([name, label], index) => (
					<label key={name} className={styles.choice}>
						<input
							type="checkbox"
							data-first={index === 0 || undefined}
							checked={settings[name]}
							onChange={(event) => void toggle(name, event.target.checked)}
						/>
						<span>{t(label)}</span>
					</label>
				))}
				<label>
					<span>{t("settingAutoStart")}</span>
					<select
						value={settings.autoStartSeconds}
						onChange={(event) => {
							const seconds = AUTO_START_CHOICES.find((one) => one === Number(event.target.value));
							onChange({ ...settings, autoStartSeconds: seconds ?? 0 });
						}}
					>
						{AUTO_START_CHOICES.map((seconds) => (
							<option key={seconds} value={seconds}>
								{seconds === 0 ? t("settingNever") : t("settingSeconds", { count: seconds })}
							</option>
						))}
					</select>
				</label>
				<div className={styles.decision} data-alone>
					<button type="submit" className={styles.decide}>
						{t("close")}
					</button>
				</div>
			</form>
		</Dialog>
	);
}
