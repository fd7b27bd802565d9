import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import styles from "../first-start.module.css";

/** Read before anybody has chosen: everything is in both languages. */
export function LanguageScreen({ onChoose }: { onChoose(language: StaffLanguage): void }) {
	return (
		<main className={styles.welcome}>
			<h1>
				<span lang="zh-Hans">设置本机</span>
				<span lang="en">Set up this station</span>
			</h1>
			<div className={styles.languages}>
				<button type="button" lang="zh-Hans" onClick={() => onChoose("zh-Hans")}>
					中文
				</button>
				<button type="button" lang="en" onClick={() => onChoose("en")}>
					English
				</button>
			</div>
			<p className={styles.hint}>
				<span lang="zh-Hans">仅用于安装设置，约需五分钟。访客可用十二种语言</span>
				<span lang="en">For the set-up only, about five minutes. Visitors have twelve languages</span>
			</p>
		</main>
	);
}
