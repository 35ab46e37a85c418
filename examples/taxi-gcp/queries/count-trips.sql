-- The dataset is a name of this project, checked when it is planned; everything else is as it is here.
SELECT 'green' AS taxi, source_file, COUNT(*) AS trips # one row a file
FROM `${dataset}.green_trips`
GROUP BY source_file
UNION ALL
SELECT 'yellow', source_file, COUNT(*)
FROM `${dataset}.yellow_trips`
GROUP BY source_file
ORDER BY taxi, source_file
