CREATE VIEW view.spoken AS SELECT position, room_id, lot FROM ${schema}.spoken;
