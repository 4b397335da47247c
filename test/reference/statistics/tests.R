# Reference values for Fisher's exact test, Benjamini-Hochberg and Wilson's interval (base R).
# Run from this folder: Rscript tests.R
set.seed(1995)
tables <- NULL
for (i in 1:400) {
  size <- if (i <= 200) 12 else if (i <= 380) 200 else 20000
  n1 <- sample(0:size, 1); n2 <- sample(0:size, 1)
  a <- if (i %% 3 == 0) sample(0:n1, 1) else rbinom(1, n1, 0.3)
  b <- if (i %% 3 == 0) sample(0:n2, 1) else rbinom(1, n2, 0.35)
  p <- if (a + b == 0 || n1 == 0 || n2 == 0 || a + b == n1 + n2) 1 else fisher.test(matrix(c(a, n1 - a, b, n2 - b), 2))$p.value
  tables <- rbind(tables, data.frame(a, n1, b, n2, p = sprintf("%.17g", p)))
}
write.csv(tables, "fisher.csv", row.names = FALSE, quote = FALSE)

families <- NULL
for (family in 1:40) {
  p <- round(runif(sample(1:30, 1))^3, sample(1:6, 1))
  p[runif(length(p)) < 0.15] <- NA
  q <- p.adjust(p, "BH")
  families <- rbind(families, data.frame(family, p = ifelse(is.na(p), "", sprintf("%.17g", p)), q = ifelse(is.na(q), "", sprintf("%.17g", q))))
}
write.csv(families, "benjamini-hochberg.csv", row.names = FALSE, quote = FALSE)

intervals <- NULL
for (n in c(1, 2, 5, 10, 29, 100, 2363)) for (x in unique(c(0, 1, floor(n * c(0.1, 0.5, 0.8)), n))) {
  limits <- suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
  intervals <- rbind(intervals, data.frame(x, n, low = sprintf("%.17g", limits[1]), high = sprintf("%.17g", limits[2])))
}
write.csv(intervals, "wilson.csv", row.names = FALSE, quote = FALSE)
