CREATE TABLE `document_names` (
	`id` integer PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `document_names_document_id_unique` ON `document_names` (`document_id`);--> statement-breakpoint
CREATE INDEX `documents_title` ON `documents` (`workspace_id`,lower("title"),`id`);--> statement-breakpoint
CREATE INDEX `documents_size` ON `documents` (`workspace_id`,`size`,`id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `document_fts` USING fts5(names, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');
--> statement-breakpoint
CREATE TRIGGER `document_names_insert` AFTER INSERT ON `documents` BEGIN INSERT INTO `document_names` (`document_id`) VALUES (new.`id`); INSERT INTO `document_fts` (rowid, names) SELECT n.`id`, new.`title` || char(10) || new.`filename` || char(10) || coalesce(json_extract(new.`metadata`, '$.path'), '') FROM `document_names` n WHERE n.`document_id` = new.`id`; END;
--> statement-breakpoint
CREATE TRIGGER `document_names_update` AFTER UPDATE OF `title`, `filename`, `metadata` ON `documents` WHEN old.`title` IS NOT new.`title` OR old.`filename` IS NOT new.`filename` OR json_extract(old.`metadata`, '$.path') IS NOT json_extract(new.`metadata`, '$.path') BEGIN INSERT OR REPLACE INTO `document_fts` (rowid, names) SELECT n.`id`, new.`title` || char(10) || new.`filename` || char(10) || coalesce(json_extract(new.`metadata`, '$.path'), '') FROM `document_names` n WHERE n.`document_id` = new.`id`; END;
--> statement-breakpoint
CREATE TRIGGER `document_names_delete` AFTER DELETE ON `document_names` BEGIN DELETE FROM `document_fts` WHERE rowid = old.`id`; END;
--> statement-breakpoint
INSERT INTO `document_names` (`document_id`) SELECT `id` FROM `documents` ORDER BY `id`;
--> statement-breakpoint
INSERT INTO `document_fts` (rowid, names) SELECT n.`id`, d.`title` || char(10) || d.`filename` || char(10) || coalesce(json_extract(d.`metadata`, '$.path'), '') FROM `document_names` n JOIN `documents` d ON d.`id` = n.`document_id`;
