import { useCallback, useState } from "react";
import type { PanelProps } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** The station's site, while no ticket was given for it; afterwards nothing. */
export function SiteChoice({ supervisor, changed, messages, t, report }: PanelProps) {
	const { language } = messages;
	const setup = useRequest(supervisor.setup, changed);
	const sites = useRequest(
		useCallback(() => supervisor.sites(language), [supervisor, language]),
		changed,
	);
	const [chosen, setChosen] = useState<string | null>(null);
	if (setup.value === null || sites.value === null || setup.value.site.fixedBy !== null) return null;
	const { id } = setup.value.site;
	return (
		<form
			className={styles.opening}
			onSubmit={(event) => {
				event.preventDefault();
				void supervisor.chooseSite(chosen ?? id).then((answer) => {
					report(answer);
					setup.reload();
				});
			}}
		>
			<label>
				{t("siteOfStation")}{" "}
				<select value={chosen ?? id} onChange={(event) => setChosen(event.target.value)}>
					{sites.value.sites.map((site) => (
						<option key={site.id} value={site.id}>
							{site.shortName}
						</option>
					))}
				</select>
			</label>{" "}
			<button type="submit" disabled={(chosen ?? id) === id}>
				{t("siteUse")}
			</button>
			<p className={styles.soft}>{t("siteHint")}</p>
		</form>
	);
}
