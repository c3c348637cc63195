-- Check: each conversion went one way, with its revenue, and so did each contact who did not buy,
-- the others having bought (R8d).
with published as (
  select
    conversion_type,
    sum(converting) as converting,
    sum(revenue) as revenue,
    sum(other_currency_purchases) as elsewhere,
    sum(case when conversion_type in ('lead', 'first_purchase') then paths else 0 end) as people
  from attribution_paths
  group by conversion_type
),
happened as (
  select
    conversion_type,
    count(*) as converting,
    sum(
      case when int_conversions.currency = int_house_currency.currency then revenue_minor else 0 end
    ) as revenue,
    sum(case when int_conversions.currency = int_house_currency.currency then 0 else 1 end)
      as elsewhere
  from int_conversions
  cross join int_house_currency
  group by conversion_type
),
kinds as (
  select 'lead' as conversion_type union all select 'first_purchase'
),
contacts as (
  select conversion_type, count(*) as people
  from int_contacts
  cross join kinds
  group by conversion_type
),
both_sides as (
  select * from published
  union all
  select
    conversion_type,
    -converting as converting,
    -revenue as revenue,
    -elsewhere as elsewhere,
    0 as people
  from happened
  union all
  select
    conversion_type,
    0 as converting,
    0 as revenue,
    0 as elsewhere,
    -people as people
  from contacts
),
differences as (
  select
    conversion_type,
    sum(converting) as converting,
    sum(revenue) as revenue,
    sum(elsewhere) as elsewhere,
    sum(people) as people
  from both_sides
  group by conversion_type
)
select * from differences
where converting <> 0 or revenue <> 0 or elsewhere <> 0 or people <> 0
