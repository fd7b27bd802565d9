import type { ChangeEvent } from "react";
import { formatDateTime } from "../../i18n/format-time.ts";
import type { ViewProps } from "../components/view-props.ts";
import styles from "../fleet.module.css";
import { messageOfCode } from "../messages/messages.ts";
import type { Publication } from "../state/state.ts";
import own from "./catalogue-screen.module.css";

/** The current catalogue, and the way to a new one: check, show the difference, sign and publish. */
export function CatalogueScreen(props: ViewProps) {
	const { state, fleet, t, language } = props;
	const { documents, stations } = state.snapshot;
	const current = documents.find(({ kind }) => kind === "catalogue");
	const enrolled = stations.filter(({ enrolledAt, revokedAt }) => enrolledAt !== null && revokedAt === null);
	const having = enrolled.filter(({ report }) => report?.catalogueVersion === String(current?.version));
	const choose = async (event: ChangeEvent<HTMLInputElement>) => {
		const chosen = [...(event.currentTarget.files ?? [])];
		event.currentTarget.value = "";
		if (chosen.length === 0) return;
		const files = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })));
		await fleet.review(files);
	};
	return (
		<main className={own.catalogue}>
			<section className={styles.card}>
				<h2>{t("catalogueNow")}</h2>
				{current === undefined ? (
					<p>{t("catalogueNone")}</p>
				) : (
					<>
						<p>
							<strong className={own.version}>{t("version", { version: current.version })}</strong>{" "}
							{t("publishedBy", { name: current.publishedBy, time: formatDateTime(current.issuedAt, language) })}
						</p>
						<p role="status">{t("catalogueAdopted", { count: enrolled.length, having: having.length })}</p>
						<progress value={having.length} max={Math.max(1, enrolled.length)} aria-label={t("catalogueNow")} />
					</>
				)}
			</section>
			<section className={styles.card}>
				<h2>{t("catalogueNew")}</h2>
				<p className={styles.hint}>{t("catalogueHint")}</p>
				<label className={own.choose}>
					<input type="file" multiple accept=".json,application/json" onChange={(event) => void choose(event)} />
					<span>{t("chooseFiles")}</span>
				</label>
				<Review publication={state.publication} {...props} />
			</section>
		</main>
	);
}

function Review({ publication, fleet, t, dispatch }: ViewProps & { publication: Publication }) {
	switch (publication.at) {
		case "none":
			return null;
		case "pending":
			return <p role="status">{t("loading")}</p>;
		case "unreadable":
			return (
				<p role="alert" className={styles.refusal}>
					{t("unreadable", { name: publication.name })}
				</p>
			);
		case "failed":
			return (
				<p role="alert" className={styles.refusal}>
					{messageOfCode(t, "refused", publication.code)}
				</p>
			);
		case "published":
			return (
				<p role="status" className={own.published}>
					{t("published", { version: publication.version })}
				</p>
			);
		case "reviewed": {
			const { errors, difference } = publication.review;
			const changes = Object.entries(difference) as [keyof typeof difference, string[]][];
			const isSame = changes.every(([, names]) => names.length === 0);
			return (
				<div className={own.review}>
					{errors.length > 0 && (
						<div role="alert">
							<h3 className={styles.refusal}>{t("catalogueErrors", { count: errors.length })}</h3>
							<ul>
								{errors.map(({ file, entry, reason }) => (
									<li key={`${file} ${entry} ${reason}`}>
										<code>
											{file}: {entry}
										</code>
										<span> – {reason}</span>
									</li>
								))}
							</ul>
						</div>
					)}
					{changes.map(
						([kind, names]) =>
							names.length > 0 && (
								<details key={kind} open={names.length <= 12}>
									<summary>{t(`difference.${kind}`, { count: names.length })}</summary>
									<ul>
										{names.map((name) => (
											<li key={name}>
												<code>{name}</code>
											</li>
										))}
									</ul>
								</details>
							),
					)}
					{isSame && <p>{t("differenceNone")}</p>}
					<div className={own.actions}>
						<button
							type="button"
							className={styles.quiet}
							onClick={() => dispatch({ type: "publication", publication: { at: "none" } })}
						>
							{t("back")}
						</button>
						{errors.length === 0 && (
							<button
								type="button"
								className={styles.primary}
								onClick={() => void fleet.publish(publication.name, publication.catalogue)}
							>
								{t("publish")}
							</button>
						)}
					</div>
				</div>
			);
		}
	}
}
