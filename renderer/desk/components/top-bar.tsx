import type { Site } from "../../../protocol/api/board.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import icon from "../../ui/icon.svg";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import type { Messages } from "../messages/messages.ts";
import type { Session } from "../state/state.ts";
import styles from "./top-bar.module.css";

interface TopBarProps {
	messages: Messages;
	site: Site | null;
	session: Session | null;
	time: string;
	/** True while the supervision screen is shown instead of the counter's. */
	isSupervising: boolean;
	onSupervise(): void;
	onLanguage(language: StaffLanguage): void;
	onSettings(): void;
	onSignOut(): void;
}

export function TopBar({
	messages,
	site,
	session,
	time,
	isSupervising,
	onSupervise,
	onLanguage,
	onSettings,
	onSignOut,
}: TopBarProps) {
	return (
		<header className={styles.topBar}>
			<img src={icon} alt="" width="32" height="32" />
			{session !== null && <p className={styles.ownCounter}>{messages.t("counter", { counter: session.counter })}</p>}
			<p className={styles.siteName}>{site?.shortName}</p>
			<p className={styles.time}>{time}</p>
			<LanguageChoice label={messages.t("language")} chosen={messages.language} onChoose={onLanguage} />
			{session !== null && (
				<>
					<p className={styles.staff}>{session.staff}</p>
					{session.role !== "agent" && (
						<button type="button" className={styles.quiet} aria-pressed={isSupervising} onClick={onSupervise}>
							{messages.t(isSupervising ? "toCounterScreen" : "toSupervision")}
						</button>
					)}
					<button type="button" className={styles.quiet} onClick={onSettings}>
						{messages.t("settings")}
					</button>
					<button type="button" className={styles.quiet} onClick={onSignOut}>
						{messages.t("signOut")}
					</button>
				</>
			)}
		</header>
	);
}
