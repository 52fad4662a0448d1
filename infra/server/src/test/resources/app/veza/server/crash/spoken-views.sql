CREATE VIEW view.spoken AS SELECT position, room_id, length FROM ${schema}.spoken;
