# Reference values for weights, shares, standard errors, intervals and differences.
# R 4.2 with survey 4.1-1 (Debian 12).  Run from this folder: Rscript stratified-shares.R
suppressMessages(library(survey))
set.seed(20250612)
number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
write_table <- function(table, file) {
  numeric <- sapply(table, is.numeric)
  table[numeric] <- lapply(table[numeric], number)
  write.csv(table, file, row.names = FALSE, quote = FALSE, na = "")
}

# A synthetic network: name, sectors, frame sizes S/M/L, sampling fraction, response rate, ineligible rate.
plan <- list(
  list("alfa", c("health", "kindergarten", "school"), c(24, 14, 6), 1, 0.6, 0.04),
  list("beta", c("admin", "health", "school"), c(90, 36, 9), c(0.15, 0.4, 1), 0.45, 0.05),
  list("gamma", c("culture", "school", ""), c(4, 3, 2), 1, 0.45, 0.1),
  list("delta", c("health", "school"), c(9, 5, 3), 1, 1, 0),
  list("epsilon", "health", c(2, 1, 1), 1, 0, 0),
  list("zeta", c("health", "school"), c(600, 12, 6), c(0.01, 1, 1), 0.75, 0),
  list("eta", c("admin", "school"), c(60, 20, 0), c(0.5, 0.5, 1), 0.22, 0),
  list("theta", c("admin", "health", "school", ""), c(3, 2, 1), 1, 0.3, 0),
  list("iota", c("health", "school"), c(40, 20, 5), c(0.1, 0.3, 1), 0.4, 0.15)
)
cells <- do.call(rbind, lapply(plan, function(p) {
  expanded <- expand.grid(size = c("S", "M", "L"), sector = p[[2]], stringsAsFactors = FALSE)
  frame <- rep(p[[3]], length(p[[2]])) + ifelse(rep(p[[3]], length(p[[2]])) > 3, sample(0:2, nrow(expanded), TRUE), 0)
  invited <- pmin(frame, pmax(ifelse(frame > 0, 1, 0), ceiling(frame * rep(rep_len(p[[4]], 3), length(p[[2]])))))
  ineligible <- rbinom(nrow(expanded), invited, p[[6]])
  respondents <- rbinom(nrow(expanded), invited - ineligible, p[[5]])
  data.frame(organisation = p[[1]], expanded[c("sector", "size")], frame, invited, ineligible, respondents)
}))
cells <- cells[cells$frame > 0, ]
cells$respondents[cells$organisation == "epsilon"] <- c(1, 0, 0)
cells$stratum <- paste(cells$organisation, cells$sector, cells$size, sep = "/")
write_table(cells, "cells.csv")

# Variance strata: merge neighbours until two respondents.
merge_small <- function(groups, count) {
  repeat {
    small <- which(sapply(groups, function(g) sum(count[g])) < 2)
    if (length(groups) == 1 || length(small) == 0) return(groups)
    i <- small[1]
    j <- if (i == length(groups)) i - 1 else i + 1
    groups[[min(i, j)]] <- c(groups[[min(i, j)]], groups[[max(i, j)]])
    groups[[max(i, j)]] <- NULL
  }
}
cells$v <- NA
for (o in unique(cells$organisation)) {
  own <- which(cells$organisation == o)
  if (sum(cells$respondents[own]) < 2) next
  sectors <- unique(cells$sector[own])
  sectors <- c(sort(sectors[sectors != ""]), sectors[sectors == ""])
  groups <- unlist(lapply(sectors, function(s) merge_small(as.list(own[cells$sector[own] == s]), cells$respondents)), FALSE)
  for (g in merge_small(groups, cells$respondents)) cells$v[g] <- paste0(o, min(g))
}
cells$d <- cells$frame / cells$invited
eligible <- tapply(cells$d * (cells$invited - cells$ineligible), cells$v, sum)
answered <- tapply(cells$d * cells$respondents, cells$v, sum)
count <- tapply(cells$respondents, cells$v, sum)
cells$a <- as.numeric((eligible / answered)[cells$v])
cells$N <- as.numeric(eligible[cells$v])
cells$m <- as.numeric(count[cells$v])
cells$w <- cells$d * cells$a

person <- cells[rep(seq_len(nrow(cells)), cells$respondents), ]
person <- person[sample(nrow(person)), ]
n <- nrow(person)
tilt <- c(alfa = 0.1, beta = -0.1, gamma = 0, delta = 0.15, epsilon = 0, zeta = -0.05, eta = 0.05, theta = 0, iota = -0.2)[person$organisation]
missing <- function(y, rate) ifelse(runif(n) < rate, NA, y)
person$innovated <- missing(rbinom(n, 1, pmin(0.97, 0.72 + tilt + ifelse(person$size == "L", 0.1, 0))), 0.05)
person$rare <- missing(rbinom(n, 1, 0.03), 0.02)
person$never <- missing(rep(0, n), 0.1)
person$always <- rep(1, n)
person$routed <- ifelse(person$innovated %in% 1, rbinom(n, 1, 0.4 + tilt), NA)
person$bystratum <- as.integer(person$sector == "health")
person$seldom <- ifelse(runif(n) < 0.12, rbinom(n, 1, 0.5), NA)
items <- c("innovated", "rare", "never", "always", "routed", "bystratum", "seldom")
write_table(person[c("stratum", "w", items)], "respondents.csv")

person <- person[!is.na(person$v), ]
design <- svydesign(ids = ~1, strata = ~v, weights = ~w, fpc = ~N, data = person)
design0 <- svydesign(ids = ~1, strata = ~v, weights = ~w, data = person)

z <- qnorm(0.975)
wilson <- function(p, n) {
  if (is.infinite(n)) return(c(p, p))
  ((p + z^2 / (2 * n)) + c(-1, 1) * z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))) / (1 + z^2 / n)
}
domains <- c(
  list(network = rep(TRUE, nrow(person))),
  sapply(unique(person$organisation), function(o) person$organisation == o, simplify = FALSE),
  setNames(lapply(unique(person$organisation), function(o) person$organisation != o), paste0("rest=", unique(person$organisation))),
  sapply(setdiff(unique(person$sector), ""), function(s) person$sector == s, simplify = FALSE)
)
names(domains)[2:(1 + length(unique(person$organisation)))] <- paste0("organisation=", unique(person$organisation))
last <- length(domains) - length(setdiff(unique(person$sector), "")) + 1
names(domains)[last:length(domains)] <- paste0("sector=", names(domains)[last:length(domains)])
for (o in unique(person$organisation)) for (s in setdiff(unique(person$sector), "")) {
  domains[[paste0("organisation=", o, ";sector=", s)]] <- person$organisation == o & person$sector == s
}

estimate <- function(item, inside) {
  keep <- inside & !is.na(person[[item]])
  if (!any(keep)) return(NULL)
  f <- as.formula(paste0("~", item))
  part <- subset(design, keep)
  part0 <- subset(design0, keep)
  mean <- svymean(f, part)
  p <- as.numeric(coef(mean))
  y <- person[[item]][keep]
  if (all(y == 0)) p <- 0
  if (all(y == 1)) p <- 1
  V <- as.numeric(vcov(mean))
  V0 <- as.numeric(vcov(svymean(f, part0)))
  if (V0 < 1e-20) V <- V0 <- 0
  if (V < 1e-20) V <- 0
  df <- degf(part)
  n <- sum(keep)
  w <- person$w[keep]
  W <- tapply(w, person$v[keep], sum)
  m <- tapply(person$m[keep], person$v[keep], mean)
  N <- tapply(person$N[keep], person$v[keep], mean)
  plain <- p %in% c(0, 1) || V0 == 0
  deff <- max(1, if (plain) n * sum(w^2) / sum(w)^2 else V0 / (p * (1 - p) / (n - 1)))
  phi <- if (plain || V == 0) sum(W^2 * (1 - m / N) / m) / sum(W^2 / m) else V / V0
  if (abs(phi) < 1e-14) phi <- 0
  result <- data.frame(n = n, share = p, se = sqrt(V), se0 = sqrt(V0), df = df)
  if (df < 1) return(cbind(result, low = p, high = p, low0 = p, high0 = p, effective0 = 0))
  t <- min(1, (qt(0.975, n - 1) / qt(0.975, df))^2)
  effective0 <- n / deff * t
  interval <- wilson(p, effective0 / phi)
  interval0 <- wilson(p, effective0)
  cbind(result, low = interval[1], high = interval[2], low0 = interval0[1], high0 = interval0[2], effective0 = effective0)
}
estimates <- do.call(rbind, lapply(items, function(item) do.call(rbind, lapply(names(domains), function(name) {
  result <- estimate(item, domains[[name]])
  if (is.null(result)) data.frame(item, group = name, n = 0, share = NA, se = NA, se0 = NA, df = NA, low = NA, high = NA, low0 = NA, high0 = NA, effective0 = NA)
  else cbind(item, group = name, result)
}))))
write_table(estimates, "estimates.csv")

sparse <- function(n, p) n * p * (1 - p) < 3
fisher <- function(n1, p1, n2, p2) {
  n1p <- round(n1 * p1); n2p <- round(n2 * p2)
  fisher.test(matrix(c(n1p, round(n1) - n1p, n2p, round(n2) - n2p), 2))$p.value
}
newcombe <- function(a, l1, u1, b, l2, u2) c(a - b - sqrt((a - l1)^2 + (u2 - b)^2), a - b + sqrt((u1 - a)^2 + (b - l2)^2))

comparisons <- NULL
overlaps <- NULL
for (item in items) for (o in unique(person$organisation)) {
  one <- estimates[estimates$item == item & estimates$group == paste0("organisation=", o), ]
  two <- estimates[estimates$item == item & estimates$group == paste0("rest=", o), ]
  if (one$n == 0 || two$n == 0 || one$df < 1 || two$df < 1) next
  person$own <- as.integer(person$organisation == o)
  keep <- !is.na(person[[item]])
  current <- subset(svydesign(ids = ~1, strata = ~v, weights = ~w, data = person), keep)
  by <- svyby(as.formula(paste0("~", item)), ~own, current, svymean, covmat = TRUE)
  contrast <- svycontrast(by, c(-1, 1))
  se <- sqrt(as.numeric(vcov(contrast)))
  df <- degf(current)
  p <- if (se < 1e-10 || sparse(one$effective0, one$share) || sparse(two$effective0, two$share))
    fisher(one$effective0, one$share, two$effective0, two$share)
  else 2 * pt(-abs(as.numeric(coef(contrast)) / se), df)
  if (se < 1e-10) se <- 0
  interval <- newcombe(one$share, one$low0, one$high0, two$share, two$low0, two$high0)
  comparisons <- rbind(comparisons, data.frame(item, organisation = o, difference = one$share - two$share, se, df, p,
    low = interval[1], high = interval[2]))

  # Own against the network including own: linearised standard error with the covariance of overlapping estimates.
  person$ya <- ifelse(keep, person[[item]], 0) * person$own
  person$da <- keep * person$own
  person$yn <- ifelse(keep, person[[item]], 0)
  person$dn <- keep * 1
  totals0 <- svytotal(~ ya + da + yn + dn, svydesign(ids = ~1, strata = ~v, weights = ~w, data = person))
  totals <- svytotal(~ ya + da + yn + dn, svydesign(ids = ~1, strata = ~v, weights = ~w, fpc = ~N, data = person))
  overlaps <- rbind(overlaps, data.frame(item, organisation = o,
    se0 = sqrt(as.numeric(vcov(svycontrast(totals0, quote(ya / da - yn / dn))))),
    se = sqrt(as.numeric(vcov(svycontrast(totals, quote(ya / da - yn / dn)))))))
}
write_table(comparisons, "comparisons.csv")
write_table(overlaps, "overlaps.csv")

baselines <- NULL
for (item in c("innovated", "rare", "always", "routed")) for (o in unique(person$organisation)) for (figure in list(c(80, 0, 2271), c(3.5, 1, 410), c(55, 0, 60))) {
  one <- estimates[estimates$item == item & estimates$group == paste0("organisation=", o), ]
  if (one$n == 0 || one$df < 1) next
  p0 <- figure[1] / 100
  n0 <- figure[3] / 1.3
  se <- sqrt(one$se0^2 + 1.3 * p0 * (1 - p0) / figure[3] + (10^-figure[2] / 100)^2 / 12)
  p <- if (sparse(one$effective0, one$share) || sparse(n0, p0)) fisher(one$effective0, one$share, n0, p0)
  else 2 * pt(-abs((one$share - p0) / se), one$df)
  other <- wilson(p0, n0)
  interval <- newcombe(one$share, one$low0, one$high0, p0, other[1], other[2])
  baselines <- rbind(baselines, data.frame(item, organisation = o, percent = figure[1], decimals = figure[2], n = figure[3],
    difference = one$share - p0, se, df = one$df, p, low = interval[1], high = interval[2]))
}
write_table(baselines, "baselines.csv")
