CREATE TABLE `__new_api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`previous_hash` text,
	`previous_until` integer,
	`requests_per_minute` integer,
	`scopes` text NOT NULL,
	`workspace_id` text,
	`owner_id` text,
	`created_by` text,
	`expires_at` integer,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
-- Every key gets an owner: its creator, otherwise the oldest admin, otherwise the installation (null). A prefix that is part of a self-chosen secret goes.
INSERT INTO `__new_api_keys`("id", "name", "prefix", "hash", "previous_hash", "previous_until", "requests_per_minute", "scopes", "workspace_id", "owner_id", "created_by", "expires_at", "last_used_at", "created_at")
SELECT "id", "name",
  CASE WHEN "prefix" NOT LIKE 'lbx!_%' ESCAPE '!' OR ("created_by" IS NULL AND "name" = 'LOREBOX_API_KEY') THEN 'env' ELSE "prefix" END,
  "hash", "previous_hash", "previous_until", "requests_per_minute", "scopes", "workspace_id",
  coalesce("created_by", (SELECT u.`id` FROM `users` u WHERE u.`role` = 'admin' ORDER BY u.`created_at`, u.`id` LIMIT 1)),
  CASE
    WHEN "created_by" IS NOT NULL THEN 'user:' || "created_by"
    WHEN "prefix" NOT LIKE 'lbx!_%' ESCAPE '!' OR "name" = 'LOREBOX_API_KEY' THEN 'environment'
  END,
  "expires_at", "last_used_at", "created_at" FROM `api_keys`;
--> statement-breakpoint
DROP TABLE `api_keys`;--> statement-breakpoint
ALTER TABLE `__new_api_keys` RENAME TO `api_keys`;--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_previous_hash_unique` ON `api_keys` (`previous_hash`);--> statement-breakpoint
CREATE INDEX `api_keys_owner` ON `api_keys` (`owner_id`);--> statement-breakpoint
ALTER TABLE `messages` ADD `feedback_shared` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `threads` ADD `key_id` text;--> statement-breakpoint
CREATE INDEX `threads_key` ON `threads` (`key_id`);