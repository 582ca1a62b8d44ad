BEGIN TRANSACTION;
CREATE TABLE "feedback" (
   "turn" INTEGER PRIMARY KEY REFERENCES "turns"("id"),
   "about" INTEGER REFERENCES "turns"("id"),
   "good" INTEGER,
   "reason" TEXT,
   "words" TEXT,
   "at" TEXT
) STRICT;
INSERT INTO "feedback" VALUES(3,1,0,'sai','phí khác rồi','2026-11-21T09:00:00+00:00');
INSERT INTO "feedback" VALUES(7,NULL,1,'','','2026-11-21T09:00:00+00:00');
CREATE TABLE "gaps" (
   "turn" INTEGER PRIMARY KEY REFERENCES "turns"("id"),
   "question" TEXT,
   "at" TEXT,
   "door" TEXT
) STRICT;
INSERT INTO "gaps" VALUES(2,'xin phép nuôi cá sấu','2026-11-21T16:05:30.123456+07:00','terminal');
CREATE TABLE migrations (number integer primary key, name text, at text);
INSERT INTO "migrations" VALUES(1,'turns_and_sessions','2026-11-21T05:37:38.190204+00:00');
INSERT INTO "migrations" VALUES(2,'petitions','2026-11-21T05:37:38.206799+00:00');
CREATE TABLE "petitions" (
   "code" TEXT PRIMARY KEY,
   "year" INTEGER,
   "number" INTEGER,
   "turn" INTEGER REFERENCES "turns"("id"),
   "conversation" TEXT,
   "kind" TEXT,
   "text" TEXT,
   "place" TEXT,
   "happened" TEXT,
   "contact" TEXT,
   "anonymous" TEXT,
   "at" TEXT
) STRICT;
INSERT INTO "petitions" VALUES('PA-2026-000001-H',2026,1,4,'c2','kien_nghi','lắp đèn ở dốc','xã A','tuần trước','0900','','2026-11-21T09:00:00+00:00');
INSERT INTO "petitions" VALUES('PA-2026-000002-U',2026,2,5,'c3','phan_anh_hanh_vi','Cán bộ thu thêm tiền; ''chờ'' rất lâu','phường B','','','giau_ten','2026-11-21T09:00:00+00:00');
INSERT INTO "petitions" VALUES('PA-2025-000001-C',2025,1,6,'c1','kien_nghi','mở thêm quầy','','','','','2025-12-31T09:00:00+00:00');
CREATE TABLE "sessions" (
   "conversation" TEXT PRIMARY KEY,
   "session" TEXT,
   "at" TEXT
) STRICT;
INSERT INTO "sessions" VALUES('c1','{"version": 1}','2025-12-31T09:00:00+00:00');
INSERT INTO "sessions" VALUES('c2','{"version": 1}','2026-11-21T09:00:00+00:00');
INSERT INTO "sessions" VALUES('c3','{"version": 1}','2026-11-21T09:00:00+00:00');
INSERT INTO "sessions" VALUES('c9','{"version": 1}','2026-11-21T09:00:00+00:00');
CREATE TABLE "turns" (
   "id" INTEGER PRIMARY KEY,
   "conversation" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "door" TEXT NOT NULL,
   "question" TEXT,
   "class" TEXT,
   "behavior" TEXT NOT NULL,
   "records" TEXT,
   "score" REAL,
   "generation" TEXT,
   "reply" TEXT,
   "milliseconds" REAL
) STRICT;
INSERT INTO "turns" VALUES(1,'c1','2026-11-21T09:00:00+00:00','terminal','khai sinh cần gì','cau_hoi','answer','["khai_sinh"]',0.9,'g1','Hồ sơ …',0.0);
INSERT INTO "turns" VALUES(2,'c1','2026-11-21T16:05:30.123456+07:00','terminal','xin phép nuôi cá sấu','cau_hoi','unknown','[]',0.9,'g1','Hồ sơ …',0.0);
INSERT INTO "turns" VALUES(3,'c1','2026-11-21T09:00:00+00:00','terminal','khai sinh cần gì','cau_hoi','chitchat','[]',0.9,'g1','Hồ sơ …',0.0);
INSERT INTO "turns" VALUES(4,'c2','2026-11-21T09:00:00+00:00','telegram','khai sinh cần gì','cau_hoi','petition','[]',0.9,'g1','Hồ sơ …',0.0);
INSERT INTO "turns" VALUES(5,'c3','2026-11-21T09:00:00+00:00','web','khai sinh cần gì','cau_hoi','petition','[]',0.9,'g1','Hồ sơ …',0.0);
INSERT INTO "turns" VALUES(6,'c1','2025-12-31T09:00:00+00:00','terminal','khai sinh cần gì','cau_hoi','petition','[]',0.9,'g1','Hồ sơ …',0.0);
INSERT INTO "turns" VALUES(7,'c9','2026-11-21T09:00:00+00:00','terminal','khai sinh cần gì','cau_hoi','answer','[]',0.9,'g1','Hồ sơ …',0.0);
CREATE INDEX "idx_turns_conversation_id"
    ON "turns" ("conversation", "id");
CREATE INDEX "idx_turns_at"
    ON "turns" ("at");
CREATE UNIQUE INDEX "idx_petitions_year_number"
    ON "petitions" ("year", "number");
COMMIT;
