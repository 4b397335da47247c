# Reference values for distributions, scales, funnel, shrinkage, rank intervals and stepwise adjustments.
# R 4.2 with metafor 3.8 and psych 2.2.9 (Debian 12).  Run from this folder: Rscript tools.R   (writes tools.json)
suppressMessages({ library(metafor); library(psych) })
source("to-json.R")
set.seed(1982)
z <- qnorm(0.975)

fTails <- lapply(1:60, function(i) {
  df1 <- sample(c(1, 2, 3.7, 11, 40), 1); df2 <- sample(c(1, 5.5, 29, 300, 4000), 1); value <- rexp(1) * sample(c(0.1, 1, 5, 20), 1)
  list(value = value, df1 = df1, df2 = df2, tail = pf(value, df1, df2, lower.tail = FALSE), probability = 0.025, low = qf(0.025, df1, df2), high = qf(0.975, df1, df2))
})

families <- lapply(1:25, function(i) {
  p <- round(runif(sample(1:25, 1))^4, sample(2:6, 1)); p[runif(length(p)) < 0.1] <- NA
  list(p = I(p), holm = I(p.adjust(p, "holm")), by = I(p.adjust(p, "BY")))
})

answers <- function(n, k, load) {
  common <- rnorm(n)
  y <- sapply(1:k, function(j) pmin(5, pmax(1, round(3 + load * common + rnorm(n)))))
  y
}
scales <- lapply(list(c(40, 5, 1), c(200, 3, 0.6), c(41, 2, 1.4), c(80, 8, 0.3)), function(s) {
  y <- answers(s[1], s[2], s[3])
  y[cbind(sample(nrow(y), 6), sample(ncol(y), 6, TRUE))] <- NA
  complete <- y[complete.cases(y), ]
  a <- suppressWarnings(psych::alpha(as.data.frame(complete), check.keys = FALSE, warnings = FALSE))$total$raw_alpha
  n <- nrow(complete); k <- ncol(y)
  limits <- psych::alpha.ci(a, n.obs = n, n.var = k, digits = 16)
  low <- 1 - (1 - a) * qf(0.975, n - 1, (n - 1) * (k - 1)); high <- 1 - (1 - a) * qf(0.025, n - 1, (n - 1) * (k - 1))
  stopifnot(abs(as.numeric(limits$lower.ci) - low) < 1e-9, abs(as.numeric(limits$upper.ci) - high) < 1e-9)
  list(answers = lapply(seq_len(nrow(y)), function(i) I(y[i, ])), n = n, alpha = a, low = low, high = high)
})

limit <- function(q, n, theta) {
  r <- qbinom(q, n, theta)
  max(0, (r - (pbinom(r, n, theta) - q) / (pbinom(r, n, theta) - pbinom(r - 1, n, theta))) / n)
}
binomialLimits <- lapply(1:80, function(i) {
  n <- sample(c(1, 2, 5, 8, 17, 60, 400, 5000), 1); theta <- sample(c(0.02, 0.31, 0.5, 0.83, 0.99), 1); q <- sample(c(0.001, 0.025, 0.975, 0.999), 1)
  list(q = q, n = n, target = theta, limit = limit(q, n, theta))
})

networks <- lapply(list(c(7, 0.3), c(30, 0.15), c(12, 0), c(2, 0.2), c(60, 0.02)), function(s) {
  K <- s[1]; n <- sample(5:120, K, TRUE); effective <- n / runif(K, 1, 1.6)
  p <- rbinom(K, n, pmin(0.97, pmax(0.03, rnorm(K, 0.6, s[2])))) / n
  if (K == 12) p[1:2] <- c(0, 1) * 0 + 0.55
  size <- effective + z^2; pt <- (p * effective + z^2 / 2) / size; v <- pt * (1 - pt) / size
  pm <- rma(p, v, method = "PM", control = list(tol = 1e-15, maxiter = 10000))$tau2; dl <- rma(p, v, method = "DL")$tau2
  mu <- sum(p / (v + pm)) / sum(1 / (v + pm)); B <- pm / (pm + v)
  target <- sum(n * p) / sum(n)
  zs <- (p - target) / sqrt(target * (1 - target) / effective)
  q <- quantile(zs, c(0.1, 0.9), type = 7)
  phi <- mean(pmin(q[2], pmax(q[1], zs))^2)
  over <- K * phi > qchisq(0.95, K); between <- if (over) pm else 0
  at <- c(10, 47, 300)
  limits <- lapply(at, function(m) {
    if (over) as.list(setNames(pmin(1, pmax(0, target + qnorm(c(0.025, 0.975, 0.001, 0.999)) * sqrt(target * (1 - target) / m + pm))), c("low95", "high95", "low998", "high998")))
    else list(low95 = limit(0.025, m, target), high95 = limit(0.975, m, target), low998 = limit(0.001, m, target), high998 = limit(0.999, m, target))
  })
  rho <- pm / (pm + median(v))
  ranks <- NULL
  if (rho >= 0.7) {
    uniform <- (seq_len(1000 * K) * 0.6180339887498949) %% 1
    draws <- matrix(qnorm(uniform), nrow = K) * sqrt(B * v) + (B * p + (1 - B) * mu)
    r <- apply(-draws, 2, rank)
    ranks <- apply(r, 1, quantile, c(0.025, 0.975), type = 1)
  }
  list(n = I(n), effective = I(effective), share = I(p), variance = I(v), between = pm, derSimonianLaird = dl, mean = mu, ownWeight = I(B), rankability = rho,
    target = target, overdispersion = phi, funnelBetween = between, at = I(at), limits = limits,
    best = I(if (is.null(ranks)) numeric(0) else ranks[1, ]), worst = I(if (is.null(ranks)) numeric(0) else ranks[2, ]))
})

panels <- lapply(1:30, function(i) { b <- rpois(1, 4); c <- rpois(1, 7); list(onlyEarlier = b, onlyLater = c, p = if (b + c == 0) 1 else binom.test(b, b + c)$p.value) })
betas <- lapply(1:60, function(i) {
  n <- runif(1, 1.2, 400); p <- sample(c(0, 1, runif(3)), 1); a <- n * p; b <- n * (1 - p)
  list(share = p, size = n, low = if (p == 0) 0 else qbeta(0.025, a, b + 1), high = if (p == 1) 1 else qbeta(0.975, a + 1, b))
})
write_json(list(fTails = fTails, families = families, scales = scales, binomialLimits = binomialLimits, networks = networks, panels = panels, betas = betas), "tools.json")
