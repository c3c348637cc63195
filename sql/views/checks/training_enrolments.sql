-- Check: every enrolment stands in one row of training_outcomes, its state once, and their money is
-- that of all purchases.
with trainings as (
  select
    coalesce(sum(enrolled), 0) as enrolled, coalesce(sum(revenue), 0) as revenue,
    coalesce(sum(other_currency_purchases), 0) as other_currency_purchases,
    coalesce(sum(
      case
        when not_started < 0 or refunded > enrolled or certificates > enrolled then 1
        when in_progress + completed + dropped + not_started <> enrolled then 1
        else 0
      end
    ), 0) as uneven
  from training_outcomes
),
purchases as (
  select
    coalesce(sum(case when kind <> 'refund' and is_run_start = 1 then 1 else 0 end), 0) as enrolled,
    coalesce(sum(case when fct_purchase.currency = house.currency then amount else 0 end), 0)
      as revenue,
    coalesce(sum(
      case when kind <> 'refund' and fct_purchase.currency <> house.currency then 1 else 0 end
    ), 0)
      as other_currency_purchases
  from fct_purchase
  cross join int_house_currency as house
)
select
  'trainings' as check_key, trainings.enrolled as published, purchases.enrolled as expected,
  trainings.revenue as published_revenue, purchases.revenue as expected_revenue, uneven
from trainings
cross join purchases
where trainings.enrolled <> purchases.enrolled
  or trainings.revenue <> purchases.revenue
  or trainings.other_currency_purchases <> purchases.other_currency_purchases
  or uneven > 0
