import pytest

from kjreport.load import Document
from kjreport.stance import stance
from kjreport.stance.clauses import clauses
from kjreport.stance.instruments import is_target, read_plan
from kjreport.stance.lexicon import Lexicon
from kjreport.stance.problems import read_complaint, read_plain_problem

LEXICON = Lexicon.default()


def codes(read, text):
    (clause,) = clauses(text)
    return [reading.code for reading in read(clause, LEXICON)]


PROBLEMS = """
rd_investment 全社会研发经费占GDP的比重长期徘徊在1%以下
rd_investment 财政科技支出占比偏低，与先进县市相比仍有差距
rd_investment 近四成规上企业没有研发费用
rd_investment 企业舍不得花钱搞研发
rd_investment 研发投入总量不大、强度不高
rd_investment R&D经费支出增长乏力
firm_base 高新技术企业总量少、规模小
firm_base 缺乏带动力强的龙头骨干企业
firm_base 科技型企业梯队还没有形成
firm_base 全县至今没有一家瞪羚企业
firm_base 后备企业储备不足
firm_base 有研发活动的规上企业占比不到三成
firm_capability 企业自主创新能力薄弱
firm_capability 拥有自主知识产权的核心技术不多
firm_capability 产品技术含量低、附加值不高
firm_capability 原创性成果偏少
firm_capability 有效发明专利数量偏少
firm_capability 关键核心技术受制于人
platforms 高能级创新平台匮乏
platforms 省级以上重点实验室仍是空白
platforms 研发平台数量少且层次不高
platforms 缺少大院大所支撑
platforms 企业研发机构建而不用
platforms 创新平台作用发挥不充分
carriers 孵化器运营水平不高
carriers 众创空间服务功能单一
carriers 高新区发展空间受限
carriers 缺少中试场地
carriers 园区基础设施不完善
transfer 科技成果就地转化率不高
transfer 产学研合作停留在表面
transfer 高校成果与企业需求对接不畅
transfer 技术市场不活跃
transfer 校企合作深度不够
transfer 技术合同登记额偏低
talent 高层次创新人才引不来、留不住
talent 领军型人才和团队短缺
talent 科技管理干部业务能力有待提升
talent 基层科技工作力量薄弱，乡镇无专人负责
talent 研发人员占比偏低
talent 专业技术人员老龄化严重
talent 我局人少事多，工作力量不足
finance 科技型中小企业融资难融资贵
finance 科技金融产品单一
finance 创投机构少，基金规模小
finance 轻资产企业缺乏抵押物，贷款难
industry 传统产业占比高，新兴产业规模偏小
industry 产业链条短，集聚度不高
industry 产业同质化严重
industry 高新技术产业增加值占比偏低
services 科技中介服务机构少
services 部门之间协同配合不够，没有形成合力
services 政策宣传覆盖面不广，部分政策落实不到位
services 研发费用统计归集不规范，存在漏统现象
services 科技体制机制改革还不够深入
services 工作创新不足，抓落实的办法不多
services 科技服务能力与企业需求不相适应
awareness 部分企业主小富即安，创新意识不强
awareness 一些乡镇对科技工作重视不够
awareness 企业申报高企的积极性不高
awareness 全社会创新创业氛围不浓
awareness 企业不敢投、不愿投
pressure 全年高企认定任务完成难度较大
pressure 技术合同成交额离年度目标还有缺口
pressure 研发投入增速在全市排名靠后
pressure 部分考核指标进度滞后
pressure 发明专利申请量同比下降，未完成年度任务
"""

INSTRUMENTS = """
talent_supply 选派120名科技特派员下乡服务
talent_supply 柔性引进高层次人才20名
talent_supply 深入实施人才强市战略，培养一批青年科技人才
talent_supply 落实人才奖励政策
funding 积极向上争取科技项目资金500万元
funding 设立科技创新专项资金
funding 落实企业研发投入后补助政策
funding 组织企业申报省级科技计划项目
funding 引导企业加大研发投入
funding 加大财政科技投入力度
infrastructure 新建省级重点实验室2家
infrastructure 推进科技企业孵化器建设
infrastructure 支持龙头企业组建新型研发机构
infrastructure 加快高新区升级国家级高新区步伐
infrastructure 打造环大学创新生态圈和科创走廊
infrastructure 与浙江大学共建产业研究院
infrastructure 推进科技馆新馆布展
infrastructure 创建国家农业科技园区
research 组织实施重大科技专项10项
research 推行揭榜挂帅，攻克一批关键核心技术
research 支持企业承担国家重点研发计划项目
research 围绕主导产业开展技术攻关
research 征集企业技术难题50项
cultivation 实施科技型企业梯次培育行动
cultivation 建立高企培育后备库
cultivation 培育高新技术企业30家
cultivation 壮大科技型中小企业群体
cultivation 遴选一批科技小巨人
public_service 组织开展科技政策宣讲活动
public_service 举办高企申报培训班4期
public_service 深入企业开展走访服务
public_service 开展科技活动周、科普进校园等活动
public_service 提升科技服务水平，做好研发费用归集指导
public_service 举办产学研对接会3场
public_service 组织企业赴先进地区考察学习
transfer_support 深化与中科院的产学研合作
transfer_support 促进科技成果转移转化
transfer_support 做好技术合同认定登记
transfer_support 支持企业牵头组建创新联合体
planning 编制全市科技创新中长期规划
planning 制定科技创新三年行动方案
planning 全社会研发投入强度达到2.5%
planning 力争技术合同成交额突破30亿元
planning 新增国家高新技术企业20家以上
planning 高新技术产业产值增长12%
planning 科技进步贡献率达到60%
finance_tools 推广“科技贷”“人才贷”等金融产品
finance_tools 设立科技成果转化引导基金
finance_tools 推动科技企业上市融资
finance_tools 完善科技信贷风险补偿机制
tax 落实研发费用加计扣除政策
tax 兑现高新技术企业所得税优惠
regulation 完善科技创新考核评价机制
regulation 深化科技体制改革
regulation 出台科技计划项目管理办法
regulation 优化科技项目评审流程，推进放管服改革
regulation 建立部门协同推进机制
ip 加强知识产权保护
ip 提升专利质量，开展高价值专利培育
ip 开展专利执法维权行动
climate 加大科技宣传力度，营造浓厚创新氛围
climate 举办创新创业大赛
climate 表彰一批科技创新先进单位
climate 弘扬科学家精神
procurement 加快新技术新产品示范推广
procurement 开放一批应用场景
procurement 落实首台套政策
openness 加大科技招商力度，引进科技型企业10家
openness 融入长三角科技创新共同体
openness 建设异地科创飞地
openness 加强国际科技合作
"""


def cases(table):
    return [tuple(line.split(" ", 1)) for line in table.strip().split("\n")]


@pytest.mark.parametrize(("code", "text"), cases(PROBLEMS))
def test_problems_as_reports_word_them(code, text):
    assert code in codes(read_complaint, text)


@pytest.mark.parametrize(("code", "text"), cases(INSTRUMENTS))
def test_instruments_as_reports_word_them(code, text):
    assert code in codes(read_plan, text)


def test_two_things_short_are_two_problems():
    assert codes(read_complaint, "专业人才和研发投入都不足") == ["talent", "rd_investment"]


def test_a_gap_speaks_of_the_topic_before_it():
    assert codes(read_complaint, "高企通过率逐年上升，仍低于全省") == ["firm_base"]


def test_a_remedy_in_the_problems_part_is_no_problem():
    assert codes(read_complaint, "平台层次不高，今后要争取人才") == ["platforms"]


@pytest.mark.parametrize("text", ["为企业破解融资难题", "着力补齐人才短板", "平台建设成效明显"])
def test_outside_the_problems_part_only_plain_shortages_count(text):
    assert codes(read_plain_problem, text) == []


def test_a_plain_shortage_counts_in_a_summary():
    assert codes(read_plain_problem, "研发经费占比由1.2%升至1.4%，与全省平均仍有差距") == [
        "rd_investment"
    ]


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("新增高企12家", True),
        ("技术合同成交额突破3亿元", True),
        ("研发平台新增xx家", True),
        ("专利申报量要突破900件", True),
        ("培育高企12家", False),
        ("向上争取资金300万元", False),
        ("推进平台建设", False),
        ("落实2031年度各项政策", False),
    ],
)
def test_a_bare_target_has_a_number_and_no_act(text, is_bare):
    assert is_target(text, LEXICON, opens=True) is is_bare


def test_a_number_goes_on_counting_what_stands_before_it():
    assert codes(read_plan, "申报科技项目8项，其中省级2项，力争5项") == ["funding"]


def test_a_modifier_does_not_name_the_instrument():
    assert codes(read_plan, "建设以骨干企业为主体的中试基地") == ["infrastructure"]


@pytest.mark.parametrize(
    "text",
    [
        "坚持把创新摆在首位",
        "以平台建设为抓手",
        "紧扣高企培育这条主线",
        "为建设创新强区作出新的贡献",
    ],
)
def test_preambles_carry_nothing(text):
    assert codes(read_plan, text) == []


@pytest.mark.parametrize("text", ["落实党建责任制", "抓好防汛值守", "推进生产线技改投产"])
def test_what_is_not_science_carries_nothing(text):
    assert codes(read_plan, text) == []


def test_one_record_a_code_and_a_new_one_where_the_code_changes():
    text = "二、下一步打算\n一是建设孵化器，扩建众创空间，引进领军人才，办好双创大赛。"
    coded = stance([Document.from_text(text)])
    assert coded["code"].tolist() == ["infrastructure", "talent_supply", "climate"]
    assert coded["quote"].tolist()[0] == "建设孵化器，扩建众创空间"
