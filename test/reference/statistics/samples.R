# Reference values for means, ratios, shares with any weights, clusters, calibration, tables, comparisons and trends.
# R 4.2 with survey 4.1-1 and MASS (Debian 12).  Run from this folder: Rscript samples.R   (writes samples.json)
suppressMessages(library(survey))
source("to-json.R")
set.seed(20260107)
z <- qnorm(0.975)

# --- A network of workplaces: unequal weights within strata, one stratum fully answered (lake/a). ------------------------
strata <- data.frame(
  organisation = rep(c("fjord", "lake", "moor", "reef", "vale"), c(3, 2, 3, 2, 2)),
  sector = c("a", "b", "c", "a", "b", "a", "b", "c", "b", "c", "a", "c"),
  m = c(18, 9, 25, 7, 12, 30, 4, 11, 2, 8, 40, 5)
)
strata$N <- pmax(strata$m, ceiling(strata$m * c(2, 1.4, 3.1, 1, 1.7, 5, 1.5, 2, 3, 1.2, 2.4, 2)))
strata$v <- seq_len(nrow(strata)) - 1
units <- strata[rep(seq_len(nrow(strata)), strata$m), ]
n <- nrow(units)
units$w <- (units$N / units$m) * runif(n, 0.6, 1.6) * ifelse(runif(n) < 0.03, 4, 1)
units$size <- sample(0:2, n, TRUE, c(0.6, 0.3, 0.1))
lift <- c(fjord = 0, lake = 0.9, moor = -0.4, reef = 0.3, vale = -0.8)[units$organisation]
units$share <- rbinom(n, 1, plogis(0.4 + lift + 0.4 * (units$sector == "b")))
units$scale <- pmin(5, pmax(1, round(3.2 + 0.5 * lift + rnorm(n))))
units$money <- round(exp(rnorm(n, 4, 0.8)), 1)
units$heads <- 1 + rpois(n, 6)
units$category <- pmin(3, rpois(n, exp(0.2 + 0.3 * lift)))
for (item in c("share", "scale", "money", "category")) units[[item]][runif(n) < 0.06] <- NA
units <- units[sample(n), ]
# R keeps the rows outside a domain of a calibrated design, with weight 0: they need some value.
for (item in c("share", "scale", "money")) units[[paste0(item, "_")]] <- ifelse(is.na(units[[item]]), 1, units[[item]])
fpc <- svydesign(ids = ~1, strata = ~v, weights = ~w, fpc = ~N, data = units)
nofpc <- svydesign(ids = ~1, strata = ~v, weights = ~w, data = units)
groups <- c(list(network = rep(TRUE, n)),
  setNames(lapply(unique(strata$organisation), function(o) units$organisation == o), unique(strata$organisation)),
  setNames(lapply(c("a", "b", "c"), function(s) units$sector == s), c("a", "b", "c")))

wilson <- function(p, n) {
  if (is.infinite(n)) return(c(p, p))
  ((p + z^2 / (2 * n)) + c(-1, 1) * z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))) / (1 + z^2 / n)
}
# Interval of statistics.md 1.4 for a share of a subset design; m and N of the strata, unit counts units or respondents.
share_interval <- function(p, V, V0, df, w, v, counts, populations) {
  n <- length(w)
  plain <- p %in% c(0, 1) || V0 == 0
  W <- tapply(w, v, sum); m <- counts[names(W)]; N <- populations[names(W)]
  deff <- max(1, if (plain) n * sum(w^2) / sum(w)^2 else V0 / (p * (1 - p) / (n - 1)))
  phi <- if (plain || V == 0) sum(W^2 * (1 - m / N) / m) / sum(W^2 / m) else V / V0
  size <- n / deff * min(1, (qt(0.975, n - 1) / qt(0.975, df))^2)
  list(low = wilson(p, size / phi)[1], high = wilson(p, size / phi)[2], low0 = wilson(p, size)[1], high0 = wilson(p, size)[2], size0 = size)
}
counts <- setNames(strata$m, strata$v); populations <- setNames(strata$N, strata$v)
shares <- function(d1, d0, weights) Filter(Negate(is.null), lapply(names(groups), function(g) {
  keep <- groups[[g]] & !is.na(units$share)
  s1 <- subset(d1, keep); s0 <- subset(d0, keep)
  estimate <- svymean(~share_, s1)
  p <- as.numeric(coef(estimate)); V <- as.numeric(vcov(estimate)); V0 <- as.numeric(vcov(svymean(~share_, s0)))
  df <- sum(keep) - length(unique(units$v[keep]))
  c(list(group = g, n = sum(keep), df = df, share = p, se = sqrt(V), se0 = sqrt(V0)),
    share_interval(p, V, V0, df, weights[keep], units$v[keep], counts, populations))
}))
means <- function(d1, d0) lapply(names(groups), function(g) {
  keep <- groups[[g]] & !is.na(units$scale)
  s1 <- subset(d1, keep); s0 <- subset(d0, keep)
  m <- svymean(~scale_, s1, deff = TRUE); mr <- svymean(~scale_, s1, deff = "replace")
  df <- degf(s1)
  keep2 <- groups[[g]] & !is.na(units$money)
  r1 <- svyratio(~money_, ~heads, subset(d1, keep2)); r0 <- svyratio(~money_, ~heads, subset(d0, keep2))
  limits <- as.numeric(confint(m, df = df)); rlimits <- as.numeric(confint(r1, df = degf(subset(d1, keep2))))
  list(group = g, n = sum(keep), df = df, mean = as.numeric(coef(m)), se = as.numeric(SE(m)), se0 = as.numeric(SE(svymean(~scale_, s0))),
    low = limits[1], high = limits[2], deff = as.numeric(deff(m)), deffReplace = as.numeric(deff(mr)),
    ratio = as.numeric(coef(r1)), ratioSe = as.numeric(SE(r1)), ratioSe0 = as.numeric(SE(r0)), ratioLow = rlimits[1], ratioHigh = rlimits[2])
})
exact <- lapply(names(groups), function(g) {
  keep <- groups[[g]] & !is.na(units$share)
  part <- subset(fpc, keep)
  value <- svyciprop(~share, part, method = "beta")
  list(group = g, n = sum(keep), df = degf(part), share = as.numeric(value), variance = as.numeric(attr(value, "var")),
    low = as.numeric(attr(value, "ci")[1]), high = as.numeric(attr(value, "ci")[2]))
})

# Own against the network including own, and any two overlapping groups: contrast of ratios of domain totals.
overlap <- function(d, ga, gb) {
  keep <- !is.na(units$share)
  d$variables$ya <- ifelse(keep, units$share, 0) * groups[[ga]]; d$variables$da <- keep * groups[[ga]]
  d$variables$yb <- ifelse(keep, units$share, 0) * groups[[gb]]; d$variables$db <- keep * groups[[gb]]
  totals <- svytotal(~ ya + da + yb + db, d)
  both <- svycontrast(totals, list(a = quote(ya / da), b = quote(yb / db), d = quote(ya / da - yb / db)))
  inside <- keep & (groups[[ga]] | groups[[gb]])
  df <- sum(inside) - length(unique(units$v[inside]))
  difference <- as.numeric(coef(both)[3]); se <- sqrt(vcov(both)[3, 3])
  list(first = ga, second = gb, difference = difference, se = se, covariance = vcov(both)[1, 2], df = df, p = 2 * pt(-abs(difference / se), df))
}
overlaps <- c(lapply(unique(strata$organisation), function(o) overlap(nofpc, o, "network")),
  list(overlap(nofpc, "moor", "a"), overlap(nofpc, "fjord", "vale"), overlap(nofpc, "a", "b")))

tables <- lapply(list(list("organisation", "category"), list("sector", "category"), list("size", "category")), function(pair) {
  f <- as.formula(paste0("~", pair[[1]], "+", pair[[2]]))
  keep <- !is.na(units$category)
  test <- suppressWarnings(svychisq(f, subset(nofpc, keep), statistic = "F"))
  list(groups = pair[[1]], statistic = as.numeric(test$statistic), df1 = as.numeric(test$parameter[1]), df2 = as.numeric(test$parameter[2]), p = as.numeric(test$p.value))
})

# --- Calibration ---------------------------------------------------------------------------------------------------------
total <- 900
sectors <- c(a = 420, b = 210, c = 270); sizes <- c("0" = 500, "1" = 300, "2" = 100)
cell <- data.frame(sector = names(sectors), Freq = as.numeric(sectors))
post <- postStratify(fpc, ~sector, cell); post0 <- postStratify(nofpc, ~sector, cell)
f <- ~ factor(sector) + factor(size)
population <- c(`(Intercept)` = total, sectors[-1], sizes[-1])
names(population) <- colnames(model.matrix(f, units))
raked <- calibrate(fpc, f, population, calfun = "raking", epsilon = 1e-13, maxit = 500)
raked0 <- calibrate(nofpc, f, population, calfun = "raking", epsilon = 1e-13, maxit = 500)
iterated <- rake(fpc, list(~sector, ~size), list(cell, data.frame(size = as.numeric(names(sizes)), Freq = as.numeric(sizes))),
  control = list(maxit = 1000, epsilon = 1e-10))
stopifnot(max(abs(weights(raked) / weights(iterated) - 1)) < 1e-8)
# Trimming at five medians, what was cut spread in proportion, raked again, at most three times.
trimmed <- as.numeric(weights(raked)); rounds <- 0
while (rounds < 3 && any(trimmed > 5 * median(trimmed))) {
  limit <- 5 * median(trimmed); large <- trimmed > limit
  cut <- ifelse(large, limit, trimmed * (1 + sum(trimmed[large] - limit) / sum(trimmed[!large])))
  units$cut <- cut
  trimmed <- as.numeric(weights(calibrate(svydesign(ids = ~1, weights = ~cut, data = units), f, population, calfun = "raking", epsilon = 1e-13, maxit = 500)))
  rounds <- rounds + 1
}
variation <- function(w) sqrt(mean((w - mean(w))^2)) / mean(w)
calibrated <- list(
  trimmedWeights = I(trimmed), trimmingRounds = rounds, variationBefore = variation(units$w), variationAfter = variation(trimmed),
  sectorTotals = as.numeric(sectors), sizeTotals = as.numeric(sizes),
  postWeights = I(as.numeric(weights(post))), postShares = shares(post, post0, as.numeric(weights(post))), postMeans = means(post, post0),
  rakedWeights = I(as.numeric(weights(raked))), rakedShares = shares(raked, raked0, as.numeric(weights(raked))), rakedMeans = means(raked, raked0)
)

# --- Employees in workplaces ---------------------------------------------------------------------------------------------
places <- data.frame(place = 0:44, v = rep(0:3, c(6, 15, 20, 4)))
places$N <- c(10, 15, 70, 9)[places$v + 1]
places$effect <- rnorm(45, 0, 0.8)
staff <- places[rep(1:45, 1 + rpois(45, 4)), ]
staff$w <- runif(nrow(staff), 1, 4)
staff$share <- rbinom(nrow(staff), 1, plogis(0.2 + staff$effect))
staff$scale <- pmin(5, pmax(1, round(3 + staff$effect + rnorm(nrow(staff)))))
staff$young <- rbinom(nrow(staff), 1, 0.5)
clustered <- svydesign(ids = ~place, strata = ~v, weights = ~w, fpc = ~N, data = staff)
clustered0 <- svydesign(ids = ~place, strata = ~v, weights = ~w, data = staff)
placeCounts <- setNames(as.numeric(table(places$v)), 0:3); placePopulations <- setNames(c(10, 15, 70, 9), 0:3)
clusters <- lapply(list(all = rep(TRUE, nrow(staff)), young = staff$young == 1, one = staff$v == 2), function(keep) {
  s1 <- subset(clustered, keep); s0 <- subset(clustered0, keep)
  m <- svymean(~scale, s1); p <- svymean(~share, s1); V <- as.numeric(vcov(p)); V0 <- as.numeric(vcov(svymean(~share, s0)))
  df <- degf(s1); limits <- as.numeric(confint(m, df = df))
  c(list(n = sum(keep), df = df, mean = as.numeric(coef(m)), meanSe = as.numeric(SE(m)), meanSe0 = as.numeric(SE(svymean(~scale, s0))),
    meanLow = limits[1], meanHigh = limits[2], share = as.numeric(coef(p)), se = sqrt(V), se0 = sqrt(V0)),
    share_interval(as.numeric(coef(p)), V, V0, df, staff$w[keep], staff$v[keep], placeCounts, placePopulations))
})

# --- Only complete strata vary: V = 0 without a census -------------------------------------------------------------------
tiny <- data.frame(v = rep(0:1, c(3, 5)), y = c(1, 0, 0, 0, 0, 0, 0, 0), N = rep(c(3, 6), c(3, 5)))
tiny$w <- tiny$N / c(3, 5)[tiny$v + 1]
flat <- svydesign(ids = ~1, strata = ~v, weights = ~w, fpc = ~N, data = tiny)
flat0 <- svydesign(ids = ~1, strata = ~v, weights = ~w, data = tiny)
p <- as.numeric(coef(svymean(~y, flat)))
uniform <- c(list(share = p, se = sqrt(as.numeric(vcov(svymean(~y, flat)))), se0 = sqrt(as.numeric(vcov(svymean(~y, flat0))))),
  share_interval(p, 0, as.numeric(vcov(svymean(~y, flat0))), 6, tiny$w, tiny$v, c("0" = 3, "1" = 5), c("0" = 3, "1" = 6)))

# --- Two waves with common units -----------------------------------------------------------------------------------------
pool <- data.frame(unit = 0:239, organisation = rep(c("fjord", "lake", "moor"), c(120, 80, 40)))
pool$first <- rbinom(240, 1, 0.5)
pool$second <- ifelse(runif(240) < 0.7, pool$first, rbinom(240, 1, 0.62))
early <- pool[runif(240) < 0.6, ]; late <- pool[runif(240) < 0.55, ]
waves <- rbind(data.frame(wave = 1, early[1:2], y = early$first), data.frame(wave = 2, late[1:2], y = late$second))
waves$w <- runif(nrow(waves), 1, 3)
waves$v <- as.integer(factor(waves$organisation)) - 1
stacked <- svydesign(ids = ~unit, strata = ~organisation, weights = ~w, data = waves)
trends <- lapply(c("network", "fjord", "lake"), function(g) {
  part <- if (g == "network") stacked else subset(stacked, organisation == g)
  by <- svyby(~y, ~wave, part, svymean, covmat = TRUE)
  change <- svycontrast(by, c(-1, 1))
  se <- sqrt(as.numeric(vcov(change))); difference <- as.numeric(coef(change)); df <- degf(part)
  list(group = g, earlier = as.numeric(coef(by)[1]), later = as.numeric(coef(by)[2]), difference = difference, se = se,
    covariance = vcov(by)[1, 2], df = df, p = 2 * pt(-abs(difference / se), df))
})
both <- merge(early, late, by = "unit")
b <- sum(both$first.x == 1 & both$second.y == 0); c <- sum(both$first.x == 0 & both$second.y == 1)
panel <- list(bothYes = sum(both$first.x == 1 & both$second.y == 1), onlyEarlier = b, onlyLater = c,
  bothNo = sum(both$first.x == 0 & both$second.y == 0), p = binom.test(b, b + c)$p.value)

# --- Published anchors: academic performance index of Californian schools, shipped with R survey --------------------------
data(api); data(fpc, package = "survey")
columns <- function(d, names) lapply(setNames(names, names), function(k) I(if (is.factor(d[[k]])) as.character(d[[k]]) else d[[k]]))
write_json(list(
  units = c(columns(units, c("organisation", "sector", "size", "v", "w", "share", "scale", "money", "heads", "category"))),
  strata = columns(strata, c("m", "N")),
  shares = shares(fpc_design <- svydesign(ids = ~1, strata = ~v, weights = ~w, fpc = ~N, data = units), nofpc, units$w),
  means = means(fpc_design, nofpc), exact = exact, overlaps = overlaps, tables = tables, calibrated = calibrated,
  staff = columns(staff, c("place", "v", "w", "share", "scale", "young")),
  placeStrata = list(m = as.numeric(table(places$v)), N = c(10, 15, 70, 9)), clusters = clusters, uniform = uniform,
  waves = columns(waves, c("wave", "unit", "organisation", "y", "w", "v")), trends = trends, panel = panel,
  apistrat = columns(apistrat, c("stype", "pw", "fpc", "api00")), apiclus1 = columns(apiclus1, c("dnum", "stype", "sch.wide", "pw", "api00")),
  fpcExample = columns(fpc, c("stratid", "psuid", "weight", "Nh", "nh", "x"))
), "samples.json")
